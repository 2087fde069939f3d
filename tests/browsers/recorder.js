// Runs in a page, and in its workers, before anything else there: keeps what they complain of, until a test asks.
//
// A worker has nobody to ask it, and tells its page.

(() => {
    const channel = new BroadcastChannel('complaints');
    /** @type {string[]} */
    const complaints = [];
    const isPage = 'document' in globalThis;
    const note = (/** @type {string} */ text) => {
        if (isPage) complaints.push(text);
        else channel.postMessage(`worker: ${text}`);
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
        // Of an element that could not be loaded, which says no more than that; or an uncaught exception.
        const target = /** @type {any} */ (event.target);
        const source = target?.src ?? target?.href;
        note(source ? `not loaded: ${source}` : `uncaught: ${event.message}`);
    }, true);
    addEventListener('unhandledrejection', ({ reason }) => note(`unhandled: ${reason}`));
    if (isPage) {
        addEventListener('securitypolicyviolation', (event) => note(`refused: ${event.violatedDirective} ${event.blockedURI}`));
    }
})();
