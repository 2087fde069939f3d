import type { HTMLAttributes } from 'preact';
import type { LazyLimits, LazyLimitsAttributes, LazyLimitsEvents } from './element.js';

export * from './lazy-limits.js';

type Listeners = { [Type in keyof LazyLimitsEvents as `on${Type}`]?: (event: LazyLimitsEvents[Type]) => unknown };
type Props = Omit<HTMLAttributes<LazyLimits>, keyof LazyLimitsAttributes> & LazyLimitsAttributes & Listeners;

declare module 'preact' {
    namespace JSX {
        interface IntrinsicElements {
            'lazy-limits': Props;
        }
    }
}
