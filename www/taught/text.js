// What ties the text of an article to its figure, loaded once the page is idle.

import { letWordsLight } from './light.js';
import { markPresets } from './presets.js';

/** @param {import('../lazy-limits.js').LazyLimits} figure */
export function tieText(figure) {
    letWordsLight(figure);
    markPresets(figure);
}
