// Presets are links to states of the large figure: the one whose state it is in is marked, and following one leads to where it is seen.

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/** @param {LazyLimits} figure */
export function markPresets(figure) {
    const links = [...document.querySelectorAll('.presets a')];
    const mark = () => {
        const state = `#${figure.hash}`;
        for (const link of links) {
            if (link.getAttribute('href') === state) link.setAttribute('aria-current', 'true');
            else link.removeAttribute('aria-current');
        }
    };
    figure.addEventListener('change', (event) => {
        if (!(/** @type {CustomEvent} */ (event).detail.moving)) mark();
    });
    addEventListener('hashchange', mark);
    mark();
    for (const link of links) {
        link.addEventListener('click', () => {
            const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
            figure.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth', block: 'start' });
        });
    }
}
