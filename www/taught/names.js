// The names of the three above the large figure, as buttons: they are bet on, and light up their lines.

/** Makes buttons of them, if they are not yet. @returns {HTMLButtonElement[]} */
export function nameButtons() {
    for (const name of document.querySelectorAll('.regimes span')) {
        const button = document.createElement('button');
        button.type = 'button';
        button.setAttribute('aria-pressed', 'false');
        button.append(...name.childNodes);
        name.replaceWith(button);
    }
    return [...document.querySelectorAll('.regimes button')].map((button) => /** @type {HTMLButtonElement} */ (button));
}
