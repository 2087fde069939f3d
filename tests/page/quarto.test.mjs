// Quarto's shortcode, run by a Lua interpreter with as much of Quarto and Pandoc as it asks for: what it writes, and that a browser
// shows the figure by it. Quarto itself is not tried.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { calm, inside, ready } from './figure.mjs';

const { lua, lauxlib, lualib, to_luastring: toLua, to_jsstring: toText } = createRequire(import.meta.url)('fengari');

const directory = new URL('../../examples/quarto/', import.meta.url);
const shortcode = await readFile(new URL('_extensions/lazy-limits/lazy-limits.lua', directory), 'utf8');

/** Nodes of a document are texts that say what they are; values that Quarto hands over are lists of words. */
const SURROUNDINGS = `
    pandoc = { utils = { stringify = function(words) return table.concat(words, " ") end } }
    for _, name in ipairs({ "RawBlock", "RawInline", "Link", "Para" }) do
        pandoc[name] = function(first, second)
            if type(first) == "table" then first = table.concat(first) end
            return name .. "(" .. first .. (second and ", " .. second or "") .. ")"
        end
    end
`;

/** A value of Lua. @param {unknown} value @returns {string} */
function literal(value) {
    if (typeof value === 'string') return `{ ${value.split(' ').map((word) => JSON.stringify(word)).join(', ')} }`;
    if (Array.isArray(value)) return `{ ${value.map(literal).join(', ')} }`;
    return `{ ${Object.entries(value ?? {}).map(([key, one]) => `[${JSON.stringify(key)}] = ${literal(one)}`).join(', ')} }`;
}

/**
 * What the shortcode writes.
 * @param {Record<string, string>} values
 * @param {object} [options]
 * @param {string[]} [options.args]
 * @param {Record<string, string>} [options.meta]
 * @param {string} [options.format]
 * @param {string} [options.context]
 * @returns {string}
 */
function written(values, { args = [], meta = { 'lazy-limits-address': 'https://example.org/figures' }, format = 'html:js', context = 'block' } = {}) {
    const program = `${SURROUNDINGS}
        quarto = { doc = { is_format = function(name) return name == "${format}" end } }
        local shortcodes = (function() ${shortcode} end)()
        return shortcodes["lazy-limits"](${literal(args)}, ${literal(values)}, ${literal(meta)}, {}, "${context}")`;
    const state = lauxlib.luaL_newstate();
    lualib.luaL_openlibs(state);
    const status = lauxlib.luaL_dostring(state, toLua(program));
    const result = toText(lua.lua_tostring(state, -1));
    if (status !== lua.LUA_OK) throw new Error(result);
    return result;
}

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('a frame has its own attributes, and the figure’s in its address', () => {
    assert.equal(written({ figure: 'mixture', rho: '0.5', height: '480' }),
        'RawBlock(html, <iframe src="https://example.org/figures/embed.html#v=1&amp;figure=mixture&amp;rho=0.5" '
        + 'title="Lazy Limits: mixture" width="100%" height="480" loading="lazy" allow="clipboard-write"></iframe>)');
    assert.match(written({}, { meta: { 'lazy-limits-address': '../"<>/' } }),
        /src="\.\.\/&quot;&lt;&gt;\/embed\.html#v=1&amp;figure=quadratic" title="Lazy Limits: quadratic" width="100%" height="700"/);
    assert.match(written({ spectrum: 'a,b+ü&"', panels: 'risk,spectrum', title: 'So "high" & wide' }),
        /&amp;panels=risk%2Cspectrum&amp;spectrum=a%2Cb%2B%C3%BC%26%22" title="So &quot;high&quot; &amp; wide"/);
    assert.match(written({}, { context: 'inline' }), /^RawInline\(html, <iframe /);
});

test('where there are no frames, there is a link', () => {
    assert.equal(written({ figure: 'activation', title: 'Risk against width' }, { format: 'pdf' }),
        'Para(Link(Risk against width, https://example.org/figures/embed.html#v=1&figure=activation))');
    assert.equal(written({}, { format: 'pdf', context: 'inline' }),
        'Link(Lazy Limits: quadratic, https://example.org/figures/embed.html#v=1&figure=quadratic)');
});

test('what is wrong is said in a sentence', () => {
    assert.throws(() => written({}, { meta: {} }), /^Error: lazy-limits: the document must say where the figure lies, such as lazy-limits-address: https/);
    assert.throws(() => written({ height: '50%' }), /^Error: lazy-limits: height is “50%”, but must be a whole number of pixels$/);
    assert.throws(() => written({}, { args: ['mixture'] }), /^Error: lazy-limits: “mixture” has no name; write such as figure=mixture$/);
});

test('each figure of the example is shown in its frame', async () => {
    const text = await readFile(new URL('example.qmd', directory), 'utf8');
    const calls = [...text.matchAll(/\{\{< lazy-limits (.*) >\}\}/g)].map(([, values = '']) =>
        Object.fromEntries([...values.matchAll(/(\S+?)=(?:"([^"]*)"|(\S+))/g)].map(([, key, quoted, bare]) => [key, quoted ?? bare])));
    assert.equal(calls.length, 2);
    for (const { height: _, title: __, figure, panels = '', ...settings } of calls) {
        const [, address = ''] = /src="([^"]*)"/.exec(written({ figure, panels, ...settings }, { meta: { 'lazy-limits-address': url } })) ?? [];
        await visit(browser, { address: address.replaceAll('&amp;', '&'), context: calm }, async ({ page }) => {
            await ready(page);
            assert.deepEqual(await inside(page, (shown) => [shown.figure, shown.panels, shown.shadowRoot?.querySelector('.notice')?.textContent]), [figure, panels, '']);
            for (const [key, value] of Object.entries(settings)) {
                assert.equal(await inside(page, (shown, key) => String(/** @type {any} */ (shown)[key] ?? ''), key), value);
            }
        });
    }
});
