// How modules of the page find out that a figure is being taught, without loading what teaches it.

/** Under which a figure has its lesson, a `Teaching` of lesson.js. */
export const TAUGHT = Symbol.for('lazy-limits lesson');
