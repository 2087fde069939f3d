import type { LazyLimits } from './element.js';

/**
 * Gives a figure the state in the page's address, now and whenever that changes, and writes its state there.
 * @param prefix Stands before its keys, as in `b.rho=0.3`, where a page has several figures.
 */
export function bindHash(figure: LazyLimits, prefix?: string): void;
