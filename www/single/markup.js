// Tags and attributes as text.

/** An attribute, its value in the first group that has one: in double quotes, in single ones, or bare. */
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** As much of a tag as stands between its name and its end. */
export const INSIDE = '(?:"[^"]*"|\'[^\']*\'|[^"\'>])*';

/**
 * Text as it stands in HTML, in attributes too.
 * @param {string} text
 */
export function escape(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * Attributes as they stand in a tag, with a space before each.
 * @param {Record<string, string>} values
 */
export function attributes(values) {
    return Object.entries(values).map(([name, value]) => value === '' ? ` ${name}` : ` ${name}="${escape(value)}"`).join('');
}

/**
 * The attributes in a tag, by name in lower case. Of references to characters those that {@link escape} writes are read: others
 * stay as they are.
 * @param {string} inside What stands between its name and its end.
 * @returns {Record<string, string>}
 */
export function attributesIn(inside) {
    return Object.fromEntries([...inside.matchAll(ATTRIBUTE)].map(([, name = '', ...values]) => [
        name.toLowerCase(),
        (values.find((value) => value !== undefined) ?? '')
            .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]));
}
