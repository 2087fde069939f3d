// The small figures of an article: puts those of a section into their places, and has its button do what it says. An article
// fetches it when the first of them comes near.

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/** How many networks are drawn at once. */
const DRAWS = 4;

/** Spikes of the target, of which four can be learnt. */
const MOST_SPIKES = 6;

/** What the buttons of sections do, by the sections' ids. @type {Record<string, (section: Element) => void>} */
const STEPS = { nt: drawAgain, way: beginAgain, nn: addSpikes };

/**
 * Puts the figures of a section into their places, and gives its button its work.
 * @param {Element} section
 */
export function tellStory(section) {
    // They wait in templates, so that the first view is not made of them too.
    for (const template of section.querySelectorAll('template')) {
        const { content, parentElement } = template;
        const copies = parentElement?.className === 'four' ? DRAWS : 1;
        template.replaceWith(...Array.from({ length: copies }, () => document.importNode(content, true)));
    }
    STEPS[section.id]?.(section);
}

/** Four networks of other seeds. @param {Element} section */
function drawAgain(section) {
    let draws = 0;
    const draw = (/** @type {LazyLimits[]} */ figures) => {
        for (const figure of figures) {
            draws += 1;
            figure.state = { seed: draws };
            say(figure, '');
        }
    };
    const drawn = wire(section, (figures) => {
        draw(figures);
        for (const figure of figures) figure.start();
    });
    draw(drawn);
    for (const figure of drawn) {
        figure.addEventListener('finish', () => {
            const { risk } = figure.runs.find(({ regime }) => regime === 'nt') ?? {};
            say(figure, risk ? `Seed ${figure.state['seed']}: ${Math.round(100 * (1 - risk))} %` : '');
        });
    }
}

/** The same networks, from their start. @param {Element} section */
function beginAgain(section) {
    wire(section, (figures) => {
        for (const figure of figures) {
            figure.reset();
            figure.start();
        }
    });
}

/** A direction more that stands out, and none after the last. @param {Element} section */
function addSpikes(section) {
    let spikes = 1;
    wire(section, (figures) => {
        spikes = spikes % MOST_SPIKES + 1;
        for (const figure of figures) figure.state = { spectrum: `spiked:${spikes}`, multipliers: '' };
    });
}

/**
 * Has the button of a section act on its figures, which are returned.
 * @param {Element} section
 * @param {(figures: LazyLimits[]) => void} act
 */
function wire(section, act) {
    const figures = /** @type {LazyLimits[]} */ ([...section.querySelectorAll('lazy-limits')]);
    const button = /** @type {HTMLButtonElement} */ (section.querySelector('button'));
    button.addEventListener('click', () => act(figures));
    button.hidden = false;
    return figures;
}

/**
 * Says something at the head of a figure, in place of its own words; '' leaves it these.
 * @param {LazyLimits} figure
 * @param {string} words
 */
function say(figure, words) {
    /** @type {Element} */ (figure.nextElementSibling).textContent = words;
}
