// The story below the large figure: puts its small figures into their places, and has its buttons do what they say. An article
// fetches it when the story comes near.

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/** How many networks are drawn at once. */
const DRAWS = 4;

/** Spikes of the target, of which four can be learnt. */
const MOST_SPIKES = 6;

/** Puts the figures into their places, and gives the buttons their work. */
export function tellStory() {
    // They wait in templates, so that the first view is not made of them too.
    for (const template of document.querySelectorAll('template')) {
        const { content, parentElement } = template;
        const copies = parentElement?.className === 'four' ? DRAWS : 1;
        template.replaceWith(...Array.from({ length: copies }, () => document.importNode(content, true)));
    }

    let draws = 0;
    const draw = (/** @type {LazyLimits[]} */ figures) => {
        for (const figure of figures) {
            draws += 1;
            figure.state = { seed: draws };
            say(figure, '');
        }
    };
    const drawn = wire('#nt', (figures) => {
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

    wire('#way', (figures) => {
        for (const figure of figures) {
            figure.reset();
            figure.start();
        }
    });

    let spikes = 1;
    wire('#nn', (figures) => {
        spikes = spikes % MOST_SPIKES + 1;
        for (const figure of figures) figure.state = { spectrum: `spiked:${spikes}`, multipliers: '' };
    });
}

/**
 * Has the button of a section act on its figures, which are returned.
 * @param {string} section
 * @param {(figures: LazyLimits[]) => void} act
 */
function wire(section, act) {
    const figures = /** @type {LazyLimits[]} */ ([...document.querySelectorAll(`${section} lazy-limits`)]);
    const button = /** @type {HTMLButtonElement} */ (document.querySelector(`${section} button`));
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
