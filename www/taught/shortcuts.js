// Whether single characters are keys: who speaks to a browser, or brushes a key, may not want that. Kept for the visit.

const KEPT = 'lazy-limits: no single characters';

let isOff = read();

function read() {
    try {
        return sessionStorage.getItem(KEPT) !== null;
    } catch {
        return false; // a frame without an origin of its own keeps nothing
    }
}

/** Whether a character alone does something where nothing is being typed. */
export function charactersAreKeys() {
    return !isOff;
}

/** @param {boolean} are */
export function letCharactersBeKeys(are) {
    isOff = !are;
    try {
        if (isOff) sessionStorage.setItem(KEPT, '1');
        else sessionStorage.removeItem(KEPT);
    } catch {
        // Then it holds for as long as the page is open.
    }
}
