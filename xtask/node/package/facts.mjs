// What the declarations and the manifest say, each from the one place where it stands: settings from the core's table, the
// element's own attributes from its class, their meaning and all that is for style sheets from docs/embedding.md.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {import('../../../www/pkg/lazy/lazy_limits.js').Parameter} Parameter */

/**
 * @typedef {object} Attribute One that is no setting.
 * @property {string} name
 * @property {string} property
 * @property {string | boolean} otherwise What its property reads where there is none.
 * @property {string[]} choices All there are, if only these.
 * @property {string} help
 */

/** @typedef {{ name: string, help: string }} Named */

/**
 * @typedef {object} Facts
 * @property {Parameter[]} settings Of all figures; one that several have stands once, as the first has it.
 * @property {Attribute[]} attributes
 * @property {Named[]} events
 * @property {Named[]} cssProperties
 * @property {Named[]} cssParts
 */

/**
 * @param {string} root Of the repository, whose wasm has been built.
 * @returns {Promise<Facts>}
 */
export async function gather(root) {
    const embedding = await readFile(path.join(root, 'docs/embedding.md'), 'utf8');
    return {
        settings: await settings(root),
        attributes: await attributes(root, embedding),
        events: named(embedding, 'event'),
        cssProperties: named(embedding, 'property'),
        cssParts: named(embedding, 'part').map(({ name, help }) => ({ name: name.replace(/^::part\((.*)\)$/, '$1'), help })),
    };
}

/**
 * A module of the page.
 * @param {string} root
 * @param {string} file Of www/.
 */
function load(root, file) {
    return import(pathToFileURL(path.join(root, 'www', file)).href);
}

/** @param {string} root */
async function settings(root) {
    /** @type {typeof import('../../../www/parts.js')} */
    const { PARTS } = await load(root, 'parts.js');
    /** @type {Map<string, Parameter>} */
    const found = new Map();
    for (const part of Object.values(PARTS)) {
        const glue = await part.glue();
        const file = part.wasm.vectors();
        glue.initSync({ module: file instanceof URL ? await readFile(file) : file });
        for (const parameter of part.figures.flatMap((figure) => glue.parameters(figure))) {
            if (!found.has(parameter.key)) found.set(parameter.key, parameter);
        }
    }
    return [...found.values()];
}

/**
 * @param {string} root
 * @param {string} embedding
 * @returns {Promise<Attribute[]>}
 */
async function attributes(root, embedding) {
    /** @type {typeof import('../../../www/element.js')} */
    const { LazyLimits } = await load(root, 'element.js');
    /** @type {typeof import('../../../www/wishes.js')} */
    const { ATTRIBUTES, THEMES } = await load(root, 'wishes.js');
    /** @type {typeof import('../../../www/parts.js')} */
    const { PARTS } = await load(root, 'parts.js');
    /** @type {Record<string, string[]>} */
    const choices = { figure: Object.values(PARTS).flatMap(({ figures }) => figures), theme: THEMES };
    const rows = table(embedding, 'attribute').flatMap(([name = '', property = '', help = '']) => {
        const [attribute, own] = [code(name), code(property)];
        return attribute && own ? [{ name: attribute, property: own, help: plain(help) }] : [];
    });
    const observed = LazyLimits.observedAttributes.filter((name) => !ATTRIBUTES.has(name));
    agree('attributes of the element', observed, rows.map(({ name }) => name));
    // What a property reads on an element that has no attribute.
    const bare = { hasAttribute: () => false, getAttribute: () => null };
    return rows.map((row) => ({
        ...row,
        otherwise: Reflect.get(LazyLimits.prototype, row.property, bare),
        choices: choices[row.name] ?? [],
    }));
}

/**
 * The rows of all tables whose first column has a heading.
 * @param {string} text
 * @param {string} heading
 * @returns {string[][]}
 */
function table(text, heading) {
    const lines = text.split(/\r?\n/);
    const heads = lines.flatMap((line, index) => (line.startsWith(`| ${heading} |`) ? [index] : []));
    if (heads.length === 0) throw new Error(`docs/embedding.md has no table whose first column is “${heading}”`);
    return heads.flatMap((head) => {
        const rows = lines.slice(head + 2);
        const end = rows.findIndex((line) => !line.startsWith('|'));
        return rows.slice(0, end < 0 ? undefined : end).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    });
}

/**
 * @param {string} text
 * @param {string} heading
 * @returns {Named[]}
 */
function named(text, heading) {
    return table(text, heading).map(([name = '', help = '']) => ({ name: code(name) ?? name, help: plain(help) }));
}

/**
 * What a cell is, if it is a single piece of code.
 * @param {string} cell
 */
function code(cell) {
    return /^`([^`]+)`$/.exec(cell)?.[1];
}

/**
 * Without the addresses of links, which are relative.
 * @param {string} cell
 */
function plain(cell) {
    return cell.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

/**
 * @param {string} what
 * @param {string[]} known
 * @param {string[]} documented
 */
export function agree(what, known, documented) {
    const [lacking, excess] = [known.filter((one) => !documented.includes(one)), documented.filter((one) => !known.includes(one))];
    if (lacking.length > 0) throw new Error(`${what}: docs/embedding.md lacks ${lacking.join(', ')}`);
    if (excess.length > 0) throw new Error(`${what}: docs/embedding.md has ${excess.join(', ')}, which there is not`);
}
