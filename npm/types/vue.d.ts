import type { HTMLAttributes, PublicProps } from 'vue';
import type { LazyLimits, LazyLimitsAttributes, LazyLimitsEvents } from './element.js';

export * from './lazy-limits.js';

type Listeners = { [Type in keyof LazyLimitsEvents as `on${Capitalize<Type>}`]?: (event: LazyLimitsEvents[Type]) => unknown };

/** The element as templates see it. */
type Component = new () => LazyLimits & {
    /** @deprecated For the types of templates alone: it is not there. */
    $props: Omit<HTMLAttributes, keyof LazyLimitsAttributes | keyof Listeners> & LazyLimitsAttributes & Listeners & PublicProps;
};

declare module 'vue' {
    interface GlobalComponents {
        'lazy-limits': Component;
    }
}
