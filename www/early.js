// Starts the core of the figure in this module's address before the page's other modules are there. Which of its forms is
// wanted only a program can tell, so a link in the page cannot load it ahead.

import { startCore } from './core.js';

// The figure will ask again, and say what is wrong.
startCore(new URL(import.meta.url).searchParams.get('figure') ?? '').catch(() => {});
