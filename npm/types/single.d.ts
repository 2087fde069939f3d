import type { LazyLimits } from './element.js';

/** What of the page around a figure is saved. */
export interface Extent {
    /** Whether the whole page is, or the figure alone. */
    article?: boolean;
}

/**
 * A figure as one HTML file that works without a network, in its present state and with the results that are laid over it.
 * Rejected if something that the file is made of cannot be loaded.
 */
export function saveAsOneFile(figure: LazyLimits, extent?: Extent): Promise<Blob>;

/** The same, offered to the reader as a download; answers with the name of the file. */
export function offerAsOneFile(figure: LazyLimits, extent?: Extent): Promise<string>;

/** The name that the file is offered under. */
export function nameOfFile(figure: string, extent?: Extent): string;
