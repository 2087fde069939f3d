// Says how a bet came out.

import { h } from '../dom.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('./bet.js').Guess} Guess */

/** The three, as the core's risks have them. */
const REGIMES = ['rf', 'nt', 'nn'];

/**
 * A sentence of texts, and of names, which wear the colours of lines.
 * @param {{ neurons: number, dim: number, limit: Record<string, number> }} risks At the handle.
 * @param {Guess} guess
 * @returns {(string | { regime: string })[]}
 */
export function outcome({ neurons, dim, limit }, { regime, left }) {
    const percent = (/** @type {string} */ one) => Math.round(100 * (limit[one] ?? NaN));
    const [first = '', second = '', third = ''] = [...REGIMES].sort((one, other) => percent(one) - percent(other));
    const off = left - percent(first);
    const isClose = off === 0 ? ', to the point' : `, ${Math.abs(off)} ${Math.abs(off) === 1 ? 'point' : 'points'} too ${off > 0 ? 'many' : 'few'}`;
    return [
        { regime: first }, ` wins. With ${neurons} neurons in ${dim} dimensions it leaves ${percent(first)} % of the risk, `,
        { regime: second }, ` leaves ${percent(second)} %, and `, { regime: third }, ` ${percent(third)} %.`,
        ...regime === undefined ? [] : [' You bet on ', { regime }, ` and ${left} %${regime === first ? `: the right one${isClose}` : ''}.`],
    ];
}

/**
 * Says it where the bet was.
 * @param {LazyLimits} figure
 * @param {Guess} guess
 * @param {boolean} isFocused Whether the focus was on what is gone.
 */
export async function tell(figure, guess, isFocused) {
    const place = /** @type {HTMLElement | null} */ (document.querySelector('.bet [role=status]'));
    // Those that are on their way will be what is seen; without them it is what there is.
    await figure.readResults().catch(() => {});
    const { risks } = figure;
    if (!place || !risks) return;
    place.replaceChildren(...outcome(/** @type {any} */ (risks), guess).map((piece) =>
        typeof piece === 'string' ? piece : h('b', { class: piece.regime }, piece.regime.toUpperCase())));
    if (!isFocused) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
}
