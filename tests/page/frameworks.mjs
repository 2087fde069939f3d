// The snippets of the documentation, and how their frameworks make modules of them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';

/**
 * A block of code in a document, the first of its language after a text.
 * @param {string} file From the top of the repository.
 * @param {string} heading
 * @param {string} language
 */
export async function snippet(file, heading, language) {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    const at = text.indexOf(heading);
    const [, code] = new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``).exec(text.slice(at)) ?? [];
    assert.ok(at >= 0 && code, `${file} has no ${language} after “${heading}”`);
    return code;
}

/**
 * How a snippet becomes a module that esbuild reads, and how what it exports is mounted.
 * @typedef {object} Framework
 * @property {() => Promise<string>} code
 * @property {(code: string) => string} [compile]
 * @property {string} mount A module; it leaves `unmount` in the global scope.
 * @property {string} [jsx] The package that knows what JSX means.
 */

/** @type {Record<string, Framework>} */
export const FRAMEWORKS = {
    React: {
        code: () => snippet('docs/embedding.md', '## React', 'jsx'),
        jsx: 'react',
        mount: `
            import { StrictMode, createElement } from 'react';
            import { createRoot } from 'react-dom/client';
            import { Figure } from 'snippet';
            const root = createRoot(document.getElementById('app'));
            root.render(createElement(StrictMode, null, createElement(Figure)));
            globalThis.unmount = () => root.unmount();`,
    },
    Vue: {
        code: () => snippet('docs/embedding.md', '## Vue', 'vue'),
        compile: (code) => {
            const compilerOptions = { isCustomElement: (/** @type {string} */ tag) => tag === 'lazy-limits' };
            const { descriptor, errors } = parse(code, { templateParseOptions: compilerOptions });
            assert.deepEqual(errors, []);
            return compileScript(descriptor, { id: 'snippet', inlineTemplate: true, templateOptions: { compilerOptions } }).content;
        },
        mount: `
            import { createApp } from 'vue';
            import Figure from 'snippet';
            const app = createApp(Figure);
            app.mount('#app');
            globalThis.unmount = () => app.unmount();`,
    },
    Svelte: {
        code: () => snippet('docs/embedding.md', '## Svelte', 'svelte'),
        compile: (code) => {
            const { js, warnings } = compile(code, { generate: 'client', dev: true, filename: 'Figure.svelte' });
            assert.deepEqual(warnings, []);
            return js.code;
        },
        mount: `
            import { mount, unmount } from 'svelte';
            import Figure from 'snippet';
            const figure = mount(Figure, { target: document.getElementById('app') });
            globalThis.unmount = () => unmount(figure);`,
    },
    Preact: {
        code: () => snippet('docs/embedding.md', '## Preact', 'jsx'),
        jsx: 'preact',
        mount: `
            import { h, render } from 'preact';
            import { Figure } from 'snippet';
            const app = document.getElementById('app');
            render(h(Figure), app);
            globalThis.unmount = () => render(null, app);`,
    },
    Lit: {
        code: () => snippet('docs/embedding.md', '## Lit', 'js'),
        mount: `
            import 'snippet';
            const lesson = document.createElement('my-lesson');
            document.getElementById('app').append(lesson);
            globalThis.unmount = () => lesson.remove();`,
    },
};

/** As the frameworks' own tools set them. */
export const DEFINITIONS = {
    'process.env.NODE_ENV': '"development"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};
