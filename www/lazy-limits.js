// Makes `<lazy-limits>` known to the page that imports this.

import { LazyLimits } from './element.js';

export { LazyLimits };

// Not where there are no elements, as on a server; nor twice, as on a page that has it from two places.
if (!globalThis.customElements?.get('lazy-limits')) globalThis.customElements?.define('lazy-limits', LazyLimits);
