// The figure alone, as a guest in a frame: everything that it is to be stands in the hash of its address, and the page around
// speaks with it by messages (guest.js).

import './lazy-limits.js';
import { FITTING } from './fit.js';
import { Guest } from './guest.js';
import { bindHash } from './hash.js';
import { PARTS } from './parts.js';
import { LESSON_KEYS } from './taught/keys.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

/** Attributes of the element that are taken from the hash as they are. The element says what is wrong with them. */
const PASSED = ['figure', ...FITTING, 'theme', 'paused', 'only'];

/** Those that the steps of a lesson may change, while there is one. */
const TAUGHT = ['panels', 'controls', 'readouts'];

/** All of the hash that is not the figure's state. */
const OWN = new Set([...PASSED, 'results', 'display', 'lesson', ...LESSON_KEYS]);

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const refusal = /** @type {HTMLElement} */ (document.querySelector('.refusal'));

/**
 * The address of results that an address of this page may ask for: they are fetched in this page's name.
 * @param {string} text
 * @returns {string | undefined} None if they are another's.
 */
function ownAddress(text) {
    const elsewhere = 'https://elsewhere.invalid/';
    try {
        return new URL(text, elsewhere).href.startsWith(elsewhere) ? new URL(text, document.baseURI).href : undefined;
    } catch {
        return undefined;
    }
}

/**
 * The figure as an address wants it.
 * @param {LazyLimits} figure
 * @param {Map<string, string>} values
 */
function dress(figure, values) {
    // Its steps have changed attributes, which are as they were once it is over.
    if (lesson.asked !== (values.get('lesson') ?? '')) endLesson();
    const before = figure.isConnected ? figure.figure : '';
    for (const name of PASSED) {
        const value = values.get(name);
        if (lesson.asked !== '' && (TAUGHT.includes(name) || (name === 'figure' && value === undefined))) continue;
        // One that has not changed is not set: the figure would begin anew.
        if (value === figure.getAttribute(name) || (value === undefined && !figure.hasAttribute(name))) continue;
        if (value === undefined) figure.removeAttribute(name);
        else figure.setAttribute(name, value);
    }
    if (figure.figure !== before) guest.announce();
    document.documentElement.dataset['theme'] = figure.theme;

    // Which are to be laid over it may follow from the lesson.
    if (!values.has('lesson') || values.has('figure')) layResults(figure, values);
    teach(figure, values);
}

/**
 * Lays the results over the figure that an address asks for, or those that come with it.
 * @param {LazyLimits} figure
 * @param {Map<string, string>} values
 */
function layResults(figure, values) {
    const takesResults = Object.values(PARTS).some(({ figures, reader }) => reader && figures.includes(figure.figure));
    const asked = values.get('results') ?? (takesResults ? `www/data/${encodeURIComponent(figure.figure)}.json` : '');
    const results = ['none', ''].includes(asked) ? '' : ownAddress(asked);
    if (figure.results !== (results ?? '')) figure.results = results ?? '';
    refuse('results', results === undefined
        ? `results is “${asked.slice(0, 40)}”, but must be an address on this site, such as www/data/mixture.json, or none`
        : '');
}

/** What has been refused, by its field. @type {Map<string, string>} */
const refused = new Map();

/**
 * Says what cannot be taken.
 * @param {string} field
 * @param {string} message '' if that is well.
 */
function refuse(field, message) {
    refused.set(field, message);
    const messages = [...refused.values()].filter((one) => one !== '');
    refusal.hidden = messages.length === 0;
    refusal.textContent = messages.join('. ');
    if (message !== '') figure.dispatchEvent(new CustomEvent('error', { detail: { message, field } }));
}

/** @typedef {import('./taught/page.js').Addressed} Addressed */

/** The lesson that the address asks for; '' for none. @type {{ asked: string, coming?: Promise<Addressed>, there?: Addressed }} */
let lesson = { asked: '' };

function endLesson() {
    lesson.there?.end();
    lesson = { asked: '' };
}

/**
 * Begins the lesson that an address asks for, or goes to where it leads.
 * @param {LazyLimits} figure
 * @param {Map<string, string>} values
 */
async function teach(figure, values) {
    const asked = values.get('lesson') ?? '';
    const address = asked === '' || isName(asked) ? asked : ownAddress(asked);
    const message = `lesson is “${asked.slice(0, 40)}”, but must be a lesson’s name or its address on this site, such as www/lessons/mixture.json`;
    refuse('lesson', address === undefined ? message : '');
    if (!address) return;
    const own = lesson = lesson.asked === asked ? lesson : { asked };
    own.coming ??= import('./taught/page.js').then(({ Addressed, lessonAt }) =>
        new Addressed(figure, lessonAt(address), { keys: OWN, left: leave }));
    try {
        const there = await own.coming;
        // The address may be another by now.
        if (own !== lesson) return;
        own.there = there;
        const before = figure.figure;
        await there.read(values);
        if (own !== lesson) return;
        if (figure.figure !== before) guest.announce();
        layResults(figure, values);
    } catch (error) {
        refuse('lesson', `The lesson could not be loaded: ${error instanceof Error ? error.message : error}`);
    }
}

/** Whether a lesson is asked for by its name among those of the site. @param {string} asked */
const isName = (asked) => /^[\w-]+$/.test(asked);

/** The figure goes on without its lesson. */
function leave() {
    lesson = { asked: '' };
    const pairs = location.hash.slice(1).split('&').filter((pair) => !/^(lesson|lesson-step|guess|figure)=/.test(pair) && pair !== '');
    history.replaceState(history.state, '', `#${[...pairs.slice(0, 1), `figure=${figure.figure}`, ...pairs.slice(1)].join('&')}`);
}

const figure = /** @type {LazyLimits} */ (document.createElement('lazy-limits'));
const guest = new Guest(figure, main);
bindHash(figure, '', { keys: OWN, read: (values) => dress(figure, values) });
main.append(figure);

// Keys, and the projector, which the address may ask for.
const bind = () => import('./taught/keyboard.js').then(({ bindKeys }) => bindKeys(figure));
if (location.hash.includes('display=')) bind();
else figure.ready.then(bind, () => {});
