// The script of a worker, which the element starts by itself: it exports nothing.
export {};
