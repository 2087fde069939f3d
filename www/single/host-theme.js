// Whether a notebook's host is dark. Hosts that say so by `color-scheme` need none of this; others say it in words of their own.

/** Where they say it. */
const SAID = { attributes: true, attributeFilter: ['class', 'data-jp-theme-light'] };

/**
 * The theme that a host asks for by other means than `color-scheme`.
 * @param {Document} document
 * @returns {'light' | 'dark' | 'auto'} `auto` if it says nothing.
 */
function themeOf({ body, documentElement }) {
    // JupyterLab and its relatives.
    const { jpThemeLight } = body.dataset;
    if (jpThemeLight !== undefined) return jpThemeLight === 'false' ? 'dark' : 'light';
    const has = (/** @type {string} */ name) => [body, documentElement].some(({ classList }) => classList.contains(name));
    // VS Code, whose light theme of high contrast has both classes of high contrast; then marimo and MyST.
    if (has('vscode-light') || has('vscode-high-contrast-light')) return 'light';
    return has('vscode-dark') || has('vscode-high-contrast') || has('dark') ? 'dark' : 'auto';
}

/**
 * Tells the theme that a host asks for, now and whenever that changes.
 * @param {Document} document The host's.
 * @param {(theme: 'light' | 'dark' | 'auto') => void} tell
 * @returns {() => void} Ends it.
 */
export function followTheme(document, tell) {
    const observer = new MutationObserver(() => tell(themeOf(document)));
    for (const element of [document.documentElement, document.body]) observer.observe(element, SAID);
    tell(themeOf(document));
    return () => observer.disconnect();
}
