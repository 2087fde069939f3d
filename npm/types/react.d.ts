import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { LazyLimits, LazyLimitsAttributes, LazyLimitsEvents } from './element.js';

export * from './lazy-limits.js';

/** Names of events are in lower case. */
type Listeners = { [Type in keyof LazyLimitsEvents as `on${Type}`]?: (event: LazyLimitsEvents[Type]) => unknown };
type Props = Omit<DetailedHTMLProps<HTMLAttributes<LazyLimits>, LazyLimits>, keyof LazyLimitsAttributes> & LazyLimitsAttributes & Listeners;

declare module 'react' {
    namespace JSX {
        interface IntrinsicElements {
            'lazy-limits': Props;
        }
    }
}
