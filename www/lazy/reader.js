// Reads what `lazy-limits figure`, `train` and `sweep` write, and lays it over a figure; loaded when there is something to read.
// What is wrong with a file is said in one sentence.

/**
 * A risk, exact or trained.
 * @typedef {object} Found
 * @property {string} regime `rf`, `rf-aligned`, `rf-best`, `nt` or `nn`.
 * @property {string} activation
 * @property {number} neurons
 * @property {number} risk
 * @property {number | undefined} sd Of an exact mean over draws.
 * @property {boolean} filled Whether its dot is.
 */

/**
 * A network of a laziness, exact or trained.
 * @typedef {object} LazyFound
 * @property {number} neurons
 * @property {number} laziness Infinite of NT, of which there is no movement and no alignment: they are NaN.
 * @property {number} risk
 * @property {number} movement
 * @property {number} alignment
 * @property {boolean} exact Whether it is the best network of its laziness; else it was trained.
 */

/**
 * Risk against samples.
 * @typedef {object} Path
 * @property {string} regime
 * @property {string} activation
 * @property {number} neurons
 * @property {number | undefined} optimum
 * @property {Float64Array} points Samples and risk in turn.
 */

/**
 * The results in a file, all of one target.
 * @typedef {object} Results
 * @property {Record<string, string | number>} target What was learnt, as settings of the figure; d is beside it.
 * @property {number} dim
 * @property {boolean} isPaper Whether they are the paper's figure at its size: of other activations it has none.
 * @property {string} note How they were made, and what the dots mean.
 * @property {number | undefined} width That of all of them, if it is one.
 * @property {Found[]} found
 * @property {Path[]} paths
 * @property {LazyFound[]} lazy Those of the figure on laziness, which has nothing else.
 */

/** @typedef {Record<string, unknown>} Json */

/** @typedef {import('../pkg/lazy/lazy_limits.js').Explorable} Explorable */

/** @typedef {import('../pkg/lazy/lazy_limits.js').Parameter} Parameter */

/** The figure whose networks have a laziness. */
const LAZINESS = 'laziness';

const SCHEMA = 1;

/** Dimensions whose theory is worked out while one waits. */
const MOST_DIMENSIONS = 1000;

/** The settings that say what is learnt, besides d. */
const TARGET = ['spectrum', 'delta', 'sigma', 'rotation', 'sampling', 'spectrum-seed', 'multipliers', 'mix'];

/** That of them which is about random features, which the figure on laziness has no settings of. */
const FEATURES = 'mix';

/** What is learnt, by the short name that files have for it. */
const PROBLEMS = new Map([['qf', 'a quadratic target'], ['mg', 'a mixture of Gaussians']]);

/**
 * The results in the text of a file, for a figure in a state.
 * @param {string} text
 * @param {string} figure
 * @param {import('../pkg/lazy/lazy_limits.js').State} state
 * @param {Parameter[]} table What can be set.
 * @returns {Results}
 */
export function readFor(text, figure, state, table) {
    const known = table.find(({ key }) => key === 'activation')?.choices.map(({ name }) => name) ?? [];
    return read(text, figure, { now: String(state['activation']), known });
}

/**
 * Lays results over a figure, whose state stays.
 * @param {import('../parts.js').Explorable} figure Of this part.
 * @param {Results} results
 * @throws A refusal if they are of no target; nothing has changed then.
 */
export function lay(figure, { target, dim, found, paths, lazy }) {
    const explorable = /** @type {Explorable} */ (figure);
    explorable.layResults(target, dim);
    for (const { regime, activation, neurons, risk, sd, filled } of found) {
        explorable.addResult(regime, activation, neurons, risk, sd, filled);
    }
    for (const { regime, activation, neurons, optimum, points } of paths) {
        explorable.addPath(regime, activation, neurons, optimum, points);
    }
    for (const { neurons, laziness, risk, movement, alignment, exact } of lazy) {
        explorable.addLazy(neurons, laziness, risk, movement, alignment, exact);
    }
}

/**
 * Moves a figure to the target of results that are laid over it, and to their width if it is one.
 * @param {import('../parts.js').Explorable} figure Of this part.
 * @param {Results} results
 * @param {Parameter[]} table What can be set.
 */
export function moveTo(figure, { width, dim }, table) {
    const explorable = /** @type {Explorable} */ (figure);
    explorable.showResults();
    if (width === undefined) return;
    // The width of a dropped run may be beyond what can be set.
    const { min = 0, max = Infinity } = table.find(({ key }) => key === 'rho') ?? {};
    explorable.set('rho', String(Math.min(Math.max(width / dim, min), max)));
}

/**
 * The results in the text of a file.
 * @param {string} text
 * @param {string} figure Over which they are to be laid.
 * @param {object} activations
 * @param {string} activations.now What that shows now; it stays where there are results of it.
 * @param {string[]} activations.known
 * @returns {Results}
 */
export function read(text, figure, { now, known }) {
    const documents = parse(text);
    for (const { schema } of documents) {
        if (schema === undefined) throw new Error('it is JSON, but nothing that lazy-limits has written');
        if (schema !== SCHEMA) throw new Error(`it has schema ${short(schema)}, and this page reads schema ${SCHEMA}`);
    }
    const [first = {}] = documents;
    const isFigure = documents.length === 1 && typeof first['figure'] === 'string';
    if (isFigure && first['figure'] !== figure) {
        throw new Error(`it is the figure “${short(first['figure'])}”, and this is the figure “${figure}”`);
    }
    if (!isFigure && !Array.isArray(first['risk'])) {
        throw new Error('there are no runs in it: those that “lazy-limits figure”, “train” and “sweep” write can be shown');
    }
    const problem = figure === 'mixture' ? 'mg' : 'qf';
    if (first['problem'] !== problem) {
        const of = PROBLEMS.get(String(first['problem'])) ?? `“${short(first['problem'])}”`;
        throw new Error(`it is about ${of}, and this figure about ${PROBLEMS.get(problem)}`);
    }
    const dim = Number(first['dim']);
    if (!Number.isInteger(dim) || dim < 2 || dim > MOST_DIMENSIONS) {
        throw new Error(`its dimension is ${short(first['dim'])}, but must be a whole number from 2 to ${MOST_DIMENSIONS}`);
    }
    const isLazy = figure === LAZINESS;
    const { found, paths, lazy, notes } = isFigure ? isLazy ? ofLazyFigure(first) : ofFigure(first) : ofRecords(documents, isLazy);
    if (found.length === 0 && !lazy.some(({ exact }) => !exact)) throw new Error('none of its runs came to a risk');
    const unknown = found.find(({ activation }) => !known.includes(activation));
    if (unknown) throw new Error(`it has the activation “${short(unknown.activation)}”, which this page does not know`);
    const settings = object(isFigure ? first['target'] : first['settings'], 'target');
    const keys = TARGET.filter((key) => key in settings && !(isLazy && key === FEATURES));
    const target = Object.fromEntries(keys.map((key) => [key, settings[key]]));
    const activation = isLazy ? {} : { activation: choose(found, figure, now) };
    const [width, ...others] = new Set([...found, ...lazy].map(({ neurons }) => neurons));
    return {
        target: /** @type {Results['target']} */ ({ ...target, ...activation }),
        dim,
        isPaper: first['preset'] === 'paper' && figure !== 'activation' && !isLazy,
        note: [...notes, ...isLazy ? places(lazy, dim) : legend(found)].join(' '),
        width: others.length === 0 ? width : undefined,
        found,
        paths,
        lazy,
    };
}

/**
 * One document, or one in each line, of which a torn last one does not count.
 * @param {string} text
 * @returns {Json[]}
 */
function parse(text) {
    if (text.trim() === '') throw new Error('it is empty');
    /** @type {unknown[]} */
    let documents;
    try {
        documents = [JSON.parse(text)];
    } catch {
        const lines = text.split('\n').filter((line) => line.trim() !== '');
        const parsed = lines.map(tried);
        if (lines.length > 1 && parsed.at(-1) === undefined) parsed.pop();
        if (parsed.includes(undefined)) throw new Error('it is not JSON');
        documents = parsed;
    }
    if (!documents.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))) {
        throw new Error('it is JSON, but nothing that lazy-limits has written');
    }
    return /** @type {Json[]} */ (documents);
}

/** @param {string} line */
function tried(line) {
    try {
        return /** @type {unknown} */ (JSON.parse(line));
    } catch {
        return undefined;
    }
}

/** @param {Json} figure */
function ofFigure(figure) {
    const exact = list(figure, 'exact').flatMap((curve) => list(curve, 'points').map((point) => ({
        ...one(curve, 'exact'),
        neurons: count(point['neurons'], 'exact'),
        risk: number(point['mean'], 'exact'),
        sd: Number(point['sd'] ?? 0),
        filled: true,
    })));
    const dots = list(figure, 'dots');
    const trained = dots.filter(({ risk }) => risk !== null).map((dot) => ({
        ...one(dot, 'dots'),
        neurons: count(dot['neurons'], 'dots'),
        risk: number(dot['risk'], 'dots'),
        sd: undefined,
        filled: dot['schedule'] === 'linear',
    }));
    const paths = list(figure, 'trajectories').map((path) => {
        const [samples, risks] = [path['samples'], path['risk']];
        if (!Array.isArray(samples) || !Array.isArray(risks)) throw unreadable('trajectories');
        return {
            ...one(path, 'trajectories'),
            neurons: count(path['neurons'], 'trajectories'),
            optimum: optional(path['optimum']),
            points: points(samples.map((at, index) => ({ samples: at, risk: risks[index] }))),
        };
    });
    const notes = [...made(figure), ...counted(dots.length - trained.length, 'diverged at every step size')];
    return { found: [...exact, ...trained], paths, lazy: [], notes };
}

/**
 * The figure on laziness.
 * @param {Json} figure
 */
function ofLazyFigure(figure) {
    const exact = list(figure, 'exact').flatMap((line) => {
        const values = ['laziness', 'risk', 'movement', 'alignment'].map((key) => line[key]);
        const [along = [], ...rest] = values.filter(Array.isArray);
        if (rest.length !== 3 || rest.some(({ length: many }) => many !== along.length)) throw unreadable('exact');
        const at = along.map((_, index) => {
            const [laziness, risk, movement, alignment] = values.map((all) => /** @type {unknown[]} */ (all)[index]);
            return lazyOne({ ...line, laziness, risk, movement, alignment }, true, 'exact');
        });
        const tangent = number(line['nt'], 'exact');
        const none = { movement: NaN, alignment: NaN };
        return [...at, { neurons: count(line['neurons'], 'exact'), laziness: Infinity, risk: tangent, ...none, exact: true }];
    });
    const dots = list(figure, 'dots');
    const trained = dots.filter(({ risk }) => risk !== null).map((dot) => lazyOne(dot, false, 'dots'));
    return { found: [], paths: [], lazy: [...exact, ...trained], notes: [...made(figure), ...counted(dots.length - trained.length, 'diverged')] };
}

/**
 * @param {Json} from
 * @param {boolean} exact
 * @param {string} member
 * @returns {LazyFound}
 */
function lazyOne(from, exact, member) {
    const [laziness = 0, risk = 0, movement = 0, alignment = 0] =
        ['laziness', 'risk', 'movement', 'alignment'].map((key) => number(from[key], member));
    if (!(laziness > 0)) throw unreadable(member);
    return { neurons: count(from['neurons'], member), laziness, risk, movement, alignment, exact };
}

/**
 * Where there are networks of a laziness: what is shown does not follow ρ between them.
 * @param {LazyFound[]} lazy
 * @param {number} dim
 */
function places(lazy, dim) {
    const widths = [...new Set(lazy.filter(({ exact }) => !exact).map(({ neurons }) => neurons))].sort((a, b) => a - b);
    const rho = widths.map((neurons) => String(Number((neurons / dim).toPrecision(2))));
    const last = rho.pop();
    return rho.length === 0 ? [`At ρ = ${last} alone.`] : [`At ρ = ${rho.join(', ')} and ${last}: the nearest of them is shown.`];
}

/**
 * How the runs of a figure were made.
 * @param {Json} figure
 */
function made(figure) {
    const [done, all] = Array.isArray(figure['runs']) ? figure['runs'] : [];
    return [length(figure), ...figure['complete'] === false ? [`${short(done)} of ${short(all)} runs are finished.`] : []];
}

/**
 * @param {Json[]} records
 * @param {boolean} isLazy Whether networks of a laziness are looked for, and not the others.
 */
function ofRecords(records, isLazy) {
    const settings = (/** @type {Json} */ record) => object(record['settings'], 'settings');
    const [first = {}] = records;
    const hasLaziness = (/** @type {Json} */ record) => typeof settings(record)['laziness'] === 'number';
    if (isLazy && !hasLaziness(first)) throw new Error('its networks have no laziness, which the figure “laziness” is about');
    if (!isLazy && hasLaziness(first)) throw new Error('its networks have a laziness, which is for the figure “laziness”');
    const target = (/** @type {Json} */ record) => JSON.stringify([
        record['problem'], record['dim'], ...TARGET.map((key) => settings(record)[key]),
    ]);
    const wanted = target(first);
    const known = records.filter((record) => target(record) === wanted && regime(settings(record)) !== undefined
        && hasLaziness(record) === isLazy);
    const whole = known.filter((record) => !isLazy || record['interrupted'] !== true);
    const ended = whole.filter((record) => record['diverged_at'] === null && record['final'] !== null);
    const lengths = new Set(known.filter((record) => settings(record)['regime'] !== 'rf').map((record) => length(settings(record))));
    const notes = [
        ...lengths.size === 1 ? lengths : [],
        ...counted(whole.length - ended.length, 'diverged'),
        ...counted(known.length - whole.length, 'stopped before the end left out'),
        ...counted(records.length - known.length, 'of another target, weights or laziness left out'),
    ];
    if (isLazy) {
        const lazy = ended.map((record) => lazyOne({
            ...list(record, 'risk').at(-1), neurons: record['neurons'], laziness: settings(record)['laziness'],
        }, false, 'risk'));
        return { found: [], paths: [], lazy, notes };
    }
    const found = ended.map((record) => ({
        ...one(settings(record), 'settings'),
        neurons: count(record['neurons'], 'neurons'),
        risk: number(record['final'], 'final'),
        sd: undefined,
        filled: settings(record)['schedule'] !== 'constant' && settings(record)['regime'] !== 'rf' && record['interrupted'] !== true,
    }));
    const paths = ended.map((record, index) => ({
        .../** @type {Found} */ (found[index]),
        optimum: optional(record['optimum']),
        points: points(list(record, 'risk')),
    }));
    return { found, paths: paths.filter(({ points: { length: many } }) => many > 2), lazy: [], notes };
}

/**
 * What the marks mean.
 * @param {Found[]} found
 */
function legend(found) {
    const isFeatures = ({ regime: name = '' }) => name.startsWith('rf');
    const trained = found.filter((one) => !isFeatures(one));
    const exact = found.some(({ sd }) => sd !== undefined);
    const fitted = found.some((one) => isFeatures(one) && one.sd === undefined);
    const both = trained.some(({ filled }) => filled) && trained.some(({ filled }) => !filled);
    const rf = [...exact ? ['exact mean ± sd'] : [], ...fitted ? ['least squares, hollow'] : []];
    return [
        ...both ? ['NN, NT: filled with a decaying step size, hollow with a constant one.'] : [],
        ...rf.length > 0 ? [`RF: ${rf.join('; ')}.`] : [],
    ];
}

/**
 * The activation under which the figure shows them.
 * @param {Found[]} found
 * @param {string} figure
 * @param {string} now
 */
function choose(found, figure, now) {
    const of = (/** @type {(one: Found) => boolean} */ wanted) => [...new Set(found.filter(wanted).map((one) => one.activation))];
    const isFeatures = (/** @type {Found} */ one) => one.regime.startsWith('rf');
    if (figure === 'activation') {
        const all = of(() => true);
        return all.includes(now) ? now : all[0] ?? now;
    }
    // There, NT and NN are those of the square whatever the features are.
    const other = of((one) => !isFeatures(one)).find((name) => name !== 'quadratic');
    if (other !== undefined) throw new Error(`its networks have the activation “${short(other)}”, which is for the figure “activation”`);
    const features = of(isFeatures);
    return features.includes('quadratic') ? 'quadratic' : features[0] ?? 'quadratic';
}

/**
 * Regime and activation of an object that names them.
 * @param {Json} from
 * @param {string} member
 */
function one(from, member) {
    const [name, activation] = [regime(from), from['activation']];
    if (name === undefined || typeof activation !== 'string') throw unreadable(member);
    return { regime: name, activation };
}

/** @param {Json} from */
function regime({ regime: name, weights }) {
    if (name === 'nt' || name === 'nn') return name;
    if (name !== 'rf') return undefined;
    /** @type {Record<string, string>} */
    const names = { isotropic: 'rf', aligned: 'rf-aligned', best: 'rf-best' };
    return names[String(weights)];
}

/** @param {Json} from */
function length({ steps, batch }) {
    return `${Number(steps).toLocaleString('en-GB')} steps of ${short(batch)} samples.`;
}

/**
 * @param {number} number
 * @param {string} what
 */
function counted(number, what) {
    return number === 0 ? [] : [`${number} ${number === 1 ? 'run' : 'runs'} ${what}.`];
}

/** @param {Json[]} reports */
function points(reports) {
    const known = reports.filter(({ risk }) => typeof risk === 'number');
    return Float64Array.from(known.flatMap(({ samples, risk }) => [Number(samples), Number(risk)]));
}

/**
 * @param {unknown} value
 * @param {string} member
 */
function object(value, member) {
    if (typeof value !== 'object' || value === null) throw unreadable(member);
    return /** @type {Json} */ (value);
}

/**
 * @param {Json} from
 * @param {string} member
 */
function list(from, member) {
    const value = from[member];
    if (!Array.isArray(value)) throw unreadable(member);
    return value.map((item) => object(item, member));
}

/**
 * @param {unknown} value
 * @param {string} member
 */
function count(value, member) {
    const read = number(value, member);
    if (!Number.isInteger(read) || read < 1) throw unreadable(member);
    return read;
}

/**
 * @param {unknown} value
 * @param {string} member
 */
function number(value, member) {
    if (typeof value !== 'number') throw unreadable(member);
    return value;
}

/** @param {unknown} value */
function optional(value) {
    return typeof value === 'number' ? value : undefined;
}

/** @param {string} member */
function unreadable(member) {
    return new Error(`its “${member}” cannot be read`);
}

/** @param {unknown} value */
function short(value) {
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : 'missing';
}
