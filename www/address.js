// Where a figure stands alone.

/**
 * The address of the page that shows one figure and nothing else.
 * @param {string} figure
 * @param {string} hash Its state.
 * @param {Record<string, string>} [attributes] What else its element is given.
 */
export function embedAddress(figure, hash, attributes = {}) {
    const [version, ...state] = hash.split('&');
    const own = Object.entries({ figure, ...attributes }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `${new URL('../embed.html', import.meta.url)}#${[version, ...own, ...state].join('&')}`;
}
