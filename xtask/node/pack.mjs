// Makes the package for npm: node xtask/node/pack.mjs OUT [ADDRESS]. `cargo xtask pack` builds what it needs first.

import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cdn } from './package/cdn.mjs';
import { declare } from './package/declarations.mjs';
import { agree, gather } from './package/facts.mjs';
import { manifest } from './package/manifest.mjs';
import { writeModules } from './package/modules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} Packed
 * @property {string} directory The package as it will be installed.
 * @property {string} tarball
 * @property {number} size Of that, in bytes.
 * @property {string} page What a page writes to load it from `base`: a file.
 * @property {string} base
 */

/**
 * Writes the package into a directory, and packs it.
 * @param {string} out
 * @param {string} [from] Where its files will lie, if not where jsDelivr has them.
 * @returns {Promise<Packed>}
 */
export async function pack(out, from) {
    const template = JSON.parse(await readFile(path.join(root, 'npm/package.json'), 'utf8'));
    const cargo = await readFile(path.join(root, 'Cargo.toml'), 'utf8');
    const version = fact(cargo, 'version');
    if (from && !URL.canParse(from)) throw new Error(`the address is “${from}”, but must be whole, such as https://your.site/${template.name}/`);
    const base = new URL(from ? `${from.replace(/\/$/, '')}/` : `https://cdn.jsdelivr.net/npm/${template.name}@${version}/`).href;
    const directory = path.join(out, template.name);
    const dist = path.join(directory, 'dist');
    await rm(directory, { recursive: true, force: true });
    await mkdir(dist, { recursive: true });

    const www = path.join(root, 'www');
    const banner = `/*! Lazy Limits ${version}, ${fact(cargo, 'license')} */`;
    await writeModules(www, dist, { banner, cdn: base });
    await cp(path.join(root, 'npm/types'), path.join(directory, 'types'), { recursive: true });
    const facts = await gather(root);
    agree('events', members(await readFile(path.join(root, 'npm/types/element.d.ts'), 'utf8')), facts.events.map(({ name }) => name));
    await writeFile(path.join(directory, 'types/settings.d.ts'), declare(facts));
    await write(path.join(directory, 'custom-elements.json'), manifest(facts, template.description));
    for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) await copyFile(path.join(root, licence), path.join(directory, licence));

    const { name, description, keywords, ...rest } = template;
    const links = addresses(cargo);
    await write(path.join(directory, 'package.json'), { name, version, description, keywords, license: fact(cargo, 'license'), ...links, ...rest });

    const html = await cdn(dist, base);
    const page = path.join(out, 'cdn.html');
    await writeFile(page, html);
    const readme = await readFile(path.join(root, 'npm/README.md'), 'utf8');
    const filled = readme.replaceAll('{{version}}', version).replaceAll('{{cdn}}', base).replace('{{importmap}}', () => html.trim());
    await writeFile(path.join(directory, 'README.md'), filled);

    const npm = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', path.resolve(out)];
    // npm is a script of the shell on Windows.
    const { stdout } = await promisify(execFile)('npm', npm, { cwd: directory, shell: process.platform === 'win32' });
    // A list, or an object by name: that depends on npm's version.
    const [packed] = /** @type {{ filename: string, size: number }[]} */ (Object.values(JSON.parse(stdout)));
    if (!packed) throw new Error(`npm has packed nothing: ${stdout}`);
    return { directory, tarball: path.join(out, packed.filename), size: packed.size, page, base };
}

/**
 * A value that the manifest of the workspace has for all its packages.
 * @param {string} cargo
 * @param {string} key
 */
function fact(cargo, key) {
    const value = optionalFact(cargo, key);
    if (value === undefined) throw new Error(`Cargo.toml has no ${key} in [workspace.package]`);
    return value;
}

/**
 * @param {string} cargo
 * @param {string} key
 */
function optionalFact(cargo, key) {
    const [, table = ''] = /^\[workspace\.package\]\r?\n([^[]*)/m.exec(cargo) ?? [];
    return new RegExp(`^${key} = "([^"]*)"`, 'm').exec(table)?.[1];
}

/** @param {string} cargo */
function addresses(cargo) {
    const [repository, homepage] = [optionalFact(cargo, 'repository'), optionalFact(cargo, 'homepage')];
    return { ...repository && { repository: { type: 'git', url: `git+${repository}.git` } }, ...homepage && { homepage } };
}

/**
 * The events that the declarations have.
 * @param {string} declarations
 */
function members(declarations) {
    const [, body = ''] = /interface LazyLimitsEvents \{([^]*?)\n\}/.exec(declarations) ?? [];
    return [...body.matchAll(/^ {4}(\w+): CustomEvent/gm)].map(([, name = '']) => name);
}

/**
 * @param {string} file
 * @param {unknown} json
 */
async function write(file, json) {
    await writeFile(file, `${JSON.stringify(json, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [, , out = '', from] = process.argv;
    const { directory, tarball, size, page, base } = await pack(out, from).catch((error) => {
        console.error(`error: ${error.message}`);
        process.exit(1);
    });
    console.log(`The package is in ${directory}, packed in ${tarball} (${size} bytes).`);
    console.log(`A page loads it from ${base} by these lines, which are in ${page} too:\n\n${await readFile(page, 'utf8')}`);
}
