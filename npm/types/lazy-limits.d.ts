import type { LazyLimits } from './element.js';

export * from './element.js';

declare global {
    interface HTMLElementTagNameMap {
        'lazy-limits': LazyLimits;
    }
}
