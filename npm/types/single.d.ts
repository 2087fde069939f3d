import type { Extent, LazyLimits } from './element.js';

/**
 * A figure as one HTML file that works without a network, in its present state and with the results that are laid over it.
 * Rejected if something that the file is made of cannot be loaded.
 */
export function saveAsOneFile(figure: LazyLimits, extent?: Extent): Promise<Blob>;
