// TypeScript's declarations of what the element can be given and what it reads.

/** @typedef {import('./facts.mjs').Facts} Facts */
/** @typedef {import('./facts.mjs').Parameter} Parameter */

/**
 * What a setting is read as, by its kind; a choice is one of its names.
 * @type {Record<Exclude<Parameter['kind'], 'choice'>, string>}
 */
const READ = {
    integer: 'number',
    'integer-or-auto': 'number | \'auto\'',
    real: 'number',
    share: 'number',
    'real-or-auto': 'number | \'auto\'',
    reals: 'string',
    ranks: 'string',
    spectrum: 'string',
    weights: 'string',
};

/** What may be given for none. */
const NONE = 'null | undefined';

/** @param {string[]} names */
const union = (names) => names.map((name) => `'${name}'`).join(' | ');

/**
 * The name of a property: `step-size` is `stepSize`.
 * @param {string} key
 */
export function camel(key) {
    return key.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/** @param {Parameter} setting */
export function read({ kind, choices }) {
    return kind === 'choice' ? union(choices.map(({ name }) => name)) : READ[kind];
}

/** @param {Parameter} setting */
function given(setting) {
    if (setting.kind === 'choice') return read(setting);
    const isList = READ[setting.kind] === 'string';
    // Rows are a symmetric matrix.
    const rows = ['reals', 'ranks'].includes(setting.kind) ? [] : ['readonly (readonly number[])[]'];
    return ['string', 'number', ...isList ? ['readonly number[]', ...rows] : []].join(' | ');
}

/** @param {Facts['attributes'][number]} attribute */
export function attributeType({ otherwise, choices }) {
    if (typeof otherwise === 'boolean') return 'boolean';
    return choices.length > 0 ? union(choices) : 'string';
}

/**
 * The module `settings.d.ts`.
 * @param {Facts} facts
 */
export function declare({ settings, attributes }) {
    const member = (/** @type {string} */ help, /** @type {string} */ line) => `    /** ${help.replaceAll('*/', '* /')} */\n    ${line}\n`;
    const pair = (/** @type {string} */ help, /** @type {string} */ name, /** @type {string} */ type) =>
        member(help, `get ${name}(): ${type};`) + `    set ${name}(value: Given['${name}']);\n`;
    return `// Made from the tables of settings and of attributes.

/** Settings by their keys, as they are read. */
export interface Settings {
${settings.map((setting) => member(setting.help, `'${setting.key}': ${read(setting)};`)).join('')}}

/** What properties can be given; null and undefined give back what the attribute says, or else the default. */
export interface Given {
${settings.map((setting) => member(setting.help, `${camel(setting.key)}: ${given(setting)} | ${NONE};`)).join('')}${
    attributes.map((one) => member(one.help, `${one.property}: ${attributeType(one)} | ${NONE};`)).join('')}}

/** A property for each of them; a setting that the figure does not have is undefined. */
export interface Properties {
${settings.map((setting) => pair(setting.help, camel(setting.key), `${read(setting)} | undefined`)).join('')}${
    attributes.map((one) => pair(one.help, one.property, attributeType(one))).join('')}}
`;
}
