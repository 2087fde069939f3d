// What a module for notebooks holds besides its own text. Empty here: `xtask/node/bundle.mjs` puts it in when it makes that module.

/** By kind, and for what is of a part by kind and part, such as `core lazy`. @type {Record<string, string>} */
export const HELD = {};
