import type { HTMLAttributes } from 'svelte/elements';
import type { LazyLimits, LazyLimitsAttributes, LazyLimitsEvents } from './element.js';

export * from './lazy-limits.js';

/** With `capture`, as Svelte listens at the root of the application, which events that do not bubble never reach. */
type Listeners = { [Type in keyof LazyLimitsEvents as `on${Type}` | `on${Type}capture`]?: (event: LazyLimitsEvents[Type]) => unknown };
type Props = Omit<HTMLAttributes<LazyLimits>, keyof LazyLimitsAttributes | keyof Listeners> & LazyLimitsAttributes & Listeners;

declare module 'svelte/elements' {
    interface SvelteHTMLElements {
        'lazy-limits': Props;
    }
}
