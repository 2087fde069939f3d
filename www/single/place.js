// The same for a page that is one file: it is saved from a site, which may be known. Stands for `../place.js` in the script of such
// a page.

import { decodeBytes } from './format.js';
import { home, read } from './inlined.js';

export const HOME = home();

export const MODULE = HOME && `${HOME}www/lazy-limits.js`;

export const qrCore = () => decodeBytes(read('qr'));
