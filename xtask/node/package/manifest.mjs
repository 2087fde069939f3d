// The package's custom-elements.json, from which editors complete: https://github.com/webcomponents/custom-elements-manifest.

import { attributeType, camel, read } from './declarations.mjs';

/** @typedef {import('./facts.mjs').Facts} Facts */

/** The schema that it keeps to. */
const SCHEMA = '2.1.0';

const [ELEMENT, DEFINED, NAME, CLASS] = ['dist/element.js', 'dist/lazy-limits.js', 'lazy-limits', 'LazyLimits'];

/**
 * @param {Facts} facts
 * @param {string} description
 */
export function manifest({ settings, attributes, events, cssProperties, cssParts }, description) {
    const fields = [
        ...settings.map((setting) => ({
            name: setting.key,
            property: camel(setting.key),
            type: setting.kind === 'choice' ? read(setting) : `string | ${read(setting)}`.replace('string | string', 'string'),
            otherwise: quoted(setting.default),
            help: setting.help,
        })),
        ...attributes.map((one) => ({ ...one, type: attributeType(one), otherwise: quoted(one.otherwise) })),
    ];
    const described = (/** @type {{ name: string, help: string }[]} */ all) => all.map(({ name, help }) => ({ name, description: help }));
    const declaration = {
        kind: 'class',
        customElement: true,
        name: CLASS,
        tagName: NAME,
        description,
        superclass: { name: 'HTMLElement' },
        attributes: fields.map(({ name, property, type, otherwise, help }) => ({
            name, fieldName: property, type: { text: type }, default: otherwise, description: help,
        })),
        members: fields.map(({ name, property, type, otherwise, help }) => ({
            kind: 'field', name: property, attribute: name, type: { text: type }, default: otherwise, description: help,
        })),
        events: events.map(({ name, help }) => ({ name, type: { text: `LazyLimitsEvents['${name}']` }, description: help })),
        cssProperties: described(cssProperties),
        cssParts: described(cssParts),
    };
    return {
        schemaVersion: SCHEMA,
        modules: [
            {
                kind: 'javascript-module',
                path: ELEMENT,
                declarations: [declaration],
                exports: [{ kind: 'js', name: CLASS, declaration: { name: CLASS, module: ELEMENT } }],
            },
            {
                kind: 'javascript-module',
                path: DEFINED,
                declarations: [],
                exports: [
                    { kind: 'js', name: CLASS, declaration: { name: CLASS, module: ELEMENT } },
                    { kind: 'custom-element-definition', name: NAME, declaration: { name: CLASS, module: ELEMENT } },
                ],
            },
        ],
    };
}

/** @param {string | boolean} value */
function quoted(value) {
    return typeof value === 'boolean' ? String(value) : `'${value}'`;
}
