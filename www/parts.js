// The parts of the house as the loader knows them: whose figures are whose, and by which keys they are set. A figure loads the
// core of its own part alone.

/**
 * @typedef {object} Part
 * @property {string[]} figures
 * @property {string[]} keys Of its settings. The core's tables are the authority, and a test compares them; but a browser asks
 *     which attributes there are before any core is there.
 */

/** @type {Record<string, Part>} */
export const PARTS = {
    lazy: {
        figures: ['quadratic', 'mixture', 'activation'],
        keys: [
            'dim', 'spectrum', 'delta', 'sigma', 'rotation', 'second-layer', 'sampling', 'spectrum-seed', 'multipliers', 'mix',
            'activation', 'rho', 'steps', 'step-size', 'schedule', 'protocol', 'batch', 'seed', 'axis', 'scale', 'show',
        ],
    },
};

/**
 * The part of a figure.
 * @param {string} figure
 */
export function partOf(figure) {
    const found = Object.entries(PARTS).find(([, { figures }]) => figures.includes(figure));
    if (found) return found[0];
    const names = Object.values(PARTS).flatMap(({ figures }) => figures);
    throw new Error(`figure is “${figure.slice(0, 40)}”, but must be one of ${names.join(', ')}`);
}
