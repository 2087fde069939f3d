// The same for the package: whoever bundles it has no page of one figure, and a tag loads this version from a server of others.
// Stands for `www/place.js` in the package.

export const HOME = '';

export const MODULE = '{{cdn}}dist/lazy-limits.js';

export const qrCore = () => new URL('../www/pkg/qr/qr_bg.wasm', import.meta.url);
