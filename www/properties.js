// The settings of all figures as properties and attributes of the element.

/**
 * The keys of the state, of all figures. The core's table is the authority, and a test compares them; but the browser asks
 * before the core is there.
 */
export const KEYS = /** @type {const} */ ([
    'dim', 'spectrum', 'delta', 'sigma', 'rotation', 'second-layer', 'sampling', 'spectrum-seed', 'multipliers', 'mix', 'activation', 'rho', 'steps', 'step-size',
    'schedule', 'protocol', 'batch', 'seed', 'axis', 'scale', 'show',
]);

/**
 * A key as the name of a property: `step-size` is `stepSize`.
 * @template {string} Key
 * @typedef {Key extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Key} Camel
 */

/**
 * What a setting can be given: text or a number, or numbers, or rows of them; null, undefined and '' give back what the
 * attribute says, or else the default. It is read as text or a number, and undefined where the figure does not have it.
 * @typedef {any} Setting
 */

/** Attributes that are texts and properties, with what is read where there is none. */
const TEXTS = { figure: 'quadratic', results: '', theme: 'auto' };

/** @typedef {{ [Key in (typeof KEYS)[number] as Camel<Key>]: Setting } & typeof TEXTS} Properties */

/** @param {string} key */
export function camel(key) {
    return key.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * The key that an attribute sets: that of its name, and, as HTML knows no capitals, also of its property's.
 * @type {Map<string, string>}
 */
export const ATTRIBUTES = new Map(KEYS.flatMap((key) => [[key, key], [camel(key).toLowerCase(), key]]));

/**
 * A value as the core takes it: text, or null for none.
 * @param {unknown} value
 * @returns {string | null}
 */
export function textOf(value) {
    if (value === null || value === undefined) return null;
    // Numbers are joined by commas, as rows are by themselves.
    return Array.isArray(value) && value.some(Array.isArray) ? value.join('\n') : String(value);
}

/**
 * Gives the element's prototype a property for each setting and for each text.
 * @param {import('./lazy-limits.js').LazyLimits} prototype
 */
export function defineProperties(prototype) {
    const define = (/** @type {string} */ name, /** @type {PropertyDescriptor & ThisType<typeof prototype>} */ accessors) =>
        Object.defineProperty(prototype, name, { configurable: true, enumerable: true, ...accessors });
    for (const key of KEYS) {
        define(camel(key), {
            get() { return this.state[key]; },
            // Frameworks give '' where they have nothing.
            set(value) { this.state = { [key]: value === '' ? null : value }; },
        });
    }
    for (const [name, otherwise] of Object.entries(TEXTS)) {
        define(name, {
            get() { return this.getAttribute(name) ?? otherwise; },
            set(value) {
                const text = textOf(value);
                if (text) this.setAttribute(name, text);
                else this.removeAttribute(name);
            },
        });
    }
}
