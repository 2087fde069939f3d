// The script of a single file: its figure, alone or in its article, with everything it needs. Bundled into one classic script, as
// a page that is opened as a file may load no module.

// First: it keeps the page as it was written.
import { results } from './inlined.js';
import '../article.js';
import { ID } from './format.js';

// Not yet looked at by the figure, which waits for its core.
const text = results();
if (text !== '') {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    document.getElementById(ID.figure)?.setAttribute('results', address);
}
