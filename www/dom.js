// Makes elements without HTML text, which strict policies forbid.

/** @typedef {Node | string} Child */

/**
 * An element with attributes and children. An attribute that is `true` is empty, one that is `false` or undefined is
 * left out, and one whose name begins with `on` is a listener.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
        else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children);
    return element;
}

/**
 * A drawing of one path, as high as the text beside it.
 * @param {string} path In a box of 16 by 16.
 */
export function icon(path) {
    const namespace = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(namespace, 'svg');
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('aria-hidden', 'true');
    const shape = document.createElementNS(namespace, 'path');
    shape.setAttribute('d', path);
    svg.append(shape);
    return svg;
}

let last = 0;

/** An id that no other element in any shadow root has. @param {string} name */
export function freshId(name) {
    last += 1;
    return `${name}-${last}`;
}
