// What is in the package for npm: by the judgement of others, on a server, and to TypeScript.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { execute, install } from './installed.mjs';

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** @type {import('./installed.mjs').Installed} */
let installed;
before(async () => { installed = await install('contents'); });

/** @param {string} file */
async function json(file) {
    return JSON.parse(await readFile(path.join(installed.directory, file), 'utf8'));
}

test('publint finds nothing', async () => {
    const manifest = await json('package.json');
    const { messages } = await publint({ pkgDir: installed.directory, pack: false, strict: true });
    assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), []);
});

test('its types are found where its modules are', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(installed.packed.tarball)));
    assert.ok(analysis.types);
    // It is all modules: how require() or a TypeScript from before `exports` would find them is not asked.
    const asked = analysis.problems.filter((problem) => !('resolutionKind' in problem) || ['node16-esm', 'bundler'].includes(problem.resolutionKind));
    assert.deepEqual(asked, []);
    const entrypoints = Object.keys(analysis.entrypoints);
    for (const name of ['.', './element', './hash', './lesson', './react', './vue', './svelte', './preact']) assert.ok(entrypoints.includes(name), name);
});

test('it has both licences, its own README, no dependencies, and nothing that is only for us', async () => {
    const manifest = await json('package.json');
    const cargo = await readFile(new URL('../../Cargo.toml', import.meta.url), 'utf8');
    assert.ok(cargo.includes(`\nversion = "${manifest.version}"\n`));
    assert.deepEqual(['dependencies', 'peerDependencies', 'scripts', 'devDependencies'].filter((key) => key in manifest), []);
    const files = (await readdir(installed.directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
    for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'README.md', 'custom-elements.json', 'worker.js']) assert.ok(files.includes(name), name);
    assert.deepEqual(files.filter((name) => /test|\.map$|toy/.test(name)), []);
    const readme = await readFile(path.join(installed.directory, 'README.md'), 'utf8');
    assert.doesNotMatch(readme, /\{\{/);
    assert.ok(readme.includes(`lazy-limits@${manifest.version}/`));
});

test('on a server it defines nothing and harms nothing', async () => {
    const script = `
        import { LazyLimits } from 'lazy-limits';
        import * as element from 'lazy-limits/element';
        import { bindHash } from 'lazy-limits/hash';
        import { teach } from 'lazy-limits/lesson';
        class Own extends LazyLimits {}
        console.log(LazyLimits.name !== '', element.LazyLimits === LazyLimits, Own.observedAttributes.includes('step-size'), typeof bindHash, typeof teach,
            typeof customElements, typeof HTMLElement);`;
    const root = await installed.app('server', { 'main.mjs': script });
    const { stdout, stderr } = await execute(process.execPath, ['main.mjs'], { cwd: root });
    assert.deepEqual([stdout.trim(), stderr], ['true true true function function undefined undefined', '']);
});

/** What applications write, and what must not compile. */
const TYPED = {
    'element.ts': `
        import { LazyLimits } from 'lazy-limits';
        import { bindHash } from 'lazy-limits/hash';
        import { teach } from 'lazy-limits/lesson';
        const figure = document.createElement('lazy-limits');
        figure.rho = 0.5;
        figure.rho = '0.5';
        figure.spectrum = [[1, 0], [0, 2]];
        figure.stepSize = null;
        figure.theme = 'dark';
        figure.paused = true;
        figure.state = { 'step-size': 0.1, rho: '2' };
        const rho: number | undefined = figure.rho;
        const steps: number | undefined = figure.state.steps;
        figure.addEventListener('change', function (event) {
            const moving: boolean = event.detail.moving;
            const schedule: 'linear' | 'constant' | 'published' | undefined = event.detail.state.schedule;
            this.pause();
            console.log(moving, schedule);
        });
        figure.addEventListener('error', ({ detail: { message, field } }) => console.log(message.length, field));
        figure.addEventListener('click', (event) => console.log(event.clientX));
        teach(figure, { lesson: 1, title: 'One', figure: 'neuron', steps: [{ text: 'Look.', state: { dim: 8 } }] }).then(({ next }) => next());
        // @ts-expect-error
        teach(figure, { lesson: 1, title: 'None', figure: 'neuron' });
        figure.ready.then((same: LazyLimits) => bindHash(same, 'b'));
        class Own extends LazyLimits {}
        customElements.define('my-figure', Own);
        console.log(rho, steps, figure.risks?.['rho'], figure.runs[0]?.curve);
        // @ts-expect-error
        figure.schedule = 'never';
        // @ts-expect-error
        figure.figure = 'none';
        // @ts-expect-error
        figure.ready = undefined;
        // @ts-expect-error
        figure.addEventListener('progress', ({ detail }) => console.log(detail.state));`,
    'react.tsx': `
        import 'lazy-limits/react';
        import { useState } from 'react';
        export function Figure() {
            const [rho, setRho] = useState<number | undefined>(0.5);
            return <lazy-limits figure="mixture" className="wide" rho={rho} step-size="0.1" paused onchange={(event) => setRho(event.detail.state.rho)} />;
        }
        // @ts-expect-error
        export const wrong = <lazy-limits schedule="never" />;`,
    'preact.tsx': `
        /** @jsxImportSource preact */
        import 'lazy-limits/preact';
        export const right = <lazy-limits figure="mixture" class="wide" rho={0.5} onchange={(event) => console.log(event.detail.moving)} />;
        // @ts-expect-error
        export const wrong = <lazy-limits schedule="never" />;`,
    'vue.ts': `
        import 'lazy-limits/vue';
        import type { GlobalComponents } from 'vue';
        type Props = InstanceType<GlobalComponents['lazy-limits']>['$props'];
        export const right: Props = { figure: 'mixture', class: 'wide', rho: 0.5, onChange: (event) => console.log(event.detail.moving) };
        // @ts-expect-error
        export const wrong: Props = { schedule: 'never' };`,
    'svelte.ts': `
        import 'lazy-limits/svelte';
        import type { SvelteHTMLElements } from 'svelte/elements';
        export const right: SvelteHTMLElements['lazy-limits'] = { figure: 'mixture', class: 'wide', rho: 0.5, onchangecapture: (event) => console.log(event.detail.moving) };
        // @ts-expect-error
        export const wrong: SvelteHTMLElements['lazy-limits'] = { schedule: 'never' };`,
};

/**
 * Compiles an application in both ways of finding modules that TypeScript has for them.
 * @param {string} name
 * @param {Record<string, string>} files
 * @param {object} [options]
 */
async function compiles(name, files, options = {}) {
    for (const [module, moduleResolution] of [['esnext', 'bundler'], ['nodenext', 'nodenext']]) {
        const compilerOptions = {
            noEmit: true,
            strict: true,
            target: 'es2022',
            lib: ['es2022', 'dom', 'dom.iterable'],
            jsx: 'react-jsx',
            types: [],
            module,
            moduleResolution,
            ...options,
        };
        const root = await installed.app(name, { ...files, 'tsconfig.json': JSON.stringify({ compilerOptions, files: Object.keys(files) }) });
        await execute(process.execPath, [tsc, '--project', root]).catch(({ stdout }) => assert.fail(`${module}: ${stdout}`));
    }
}

test('TypeScript knows the element, its properties and its events', async () => {
    const { 'element.ts': element } = TYPED;
    await compiles('typed', { 'element.ts': element });
});

test('TypeScript knows the element in JSX, Vue and Svelte', async () => {
    const { 'element.ts': _, ...frameworks } = TYPED;
    // Declarations of frameworks do not all compile by themselves.
    await compiles('typed-frameworks', frameworks, { skipLibCheck: true });
});

test('what is declared is what there is', async () => {
    const { LazyLimits } = await import('../../www/element.js');
    const names = Object.getOwnPropertyNames(LazyLimits.prototype).filter((name) => name !== 'constructor');
    const listed = names.map((name) => `'${name}'`).join(' | ');
    await compiles('declared', {
        'declared.ts': `
            import type { LazyLimits } from 'lazy-limits';
            type There = ${listed};
            type Declared = Exclude<keyof LazyLimits, Exclude<keyof HTMLElement, There>>;
            export const lacking: [Exclude<There, Declared>] extends [never] ? true : Exclude<There, Declared> = true;
            export const excess: [Exclude<Declared, There>] extends [never] ? true : Exclude<Declared, There> = true;`,
    });
});

test('editors are told of every attribute, property, event, part and custom property', async () => {
    const { LazyLimits } = await import('../../www/element.js');
    const { ATTRIBUTES } = await import('../../www/wishes.js');
    const { modules, schemaVersion } = await json('custom-elements.json');
    assert.match(schemaVersion, /^2\./);
    const [{ declarations: [element] }] = modules;
    const names = (/** @type {{ name: string }[]} */ all) => all.map(({ name }) => name);
    const keys = new Set(ATTRIBUTES.values());
    const attributes = LazyLimits.observedAttributes.filter((name) => !ATTRIBUTES.has(name) || keys.has(name));
    assert.deepEqual(names(element.attributes).sort(), [...new Set(attributes)].sort());
    for (const { name } of element.members) assert.ok(name in LazyLimits.prototype, name);
    assert.deepEqual(names(element.events), ['change', 'progress', 'finish', 'error']);
    assert.ok(names(element.cssProperties).includes('--lazy-limits-ground') && names(element.cssParts).includes('settings'));
    for (const { path: file } of modules) await readFile(path.join(installed.directory, file));
});
