// Runs in a page, in its frames and in their workers, before anything else there: keeps what they complain of, until a test asks.
//
// A worker or a frame has nobody to ask it, and tells the page.

(() => {
    const channel = new BroadcastChannel('complaints');
    /** @type {string[]} */
    const complaints = [];
    const hasDocument = 'document' in globalThis;
    const isPage = hasDocument && parent === globalThis.window;
    const note = (/** @type {string} */ text) => {
        if (isPage) complaints.push(text);
        else channel.postMessage(`${hasDocument ? 'frame' : 'worker'}: ${text}`);
    };
    if (isPage) channel.onmessage = ({ data }) => complaints.push(data);
    Object.assign(globalThis, { complaints });

    const { console } = globalThis;
    for (const kind of /** @type {const} */ (['error', 'warn'])) {
        const original = console[kind].bind(console);
        console[kind] = (...values) => {
            note(`console ${kind}: ${values.map(String).join(' ')}`);
            original(...values);
        };
    }
    const assert = console.assert.bind(console);
    console.assert = (condition, ...values) => {
        if (!condition) note(`console assert: ${values.map(String).join(' ')}`);
        assert(condition, ...values);
    };
    addEventListener('error', (event) => {
        // Of an element that could not be loaded, which says no more than that; an uncaught exception; or what a figure refuses.
        const target = /** @type {any} */ (event.target);
        const source = target?.src ?? target?.href;
        note(source ? `not loaded: ${source}` : `uncaught: ${event.message ?? /** @type {any} */ (event).detail?.message}`);
    }, true);
    addEventListener('unhandledrejection', ({ reason }) => note(`unhandled: ${reason}`));
    if (hasDocument) {
        addEventListener('securitypolicyviolation', (event) => note(`refused: ${event.violatedDirective} ${event.blockedURI}`));
    }
})();
