// What the bar of the runs says: how many have ended, and what has become of those that did not.

/** @typedef {import('./runs.js').Runs} Runs */

/**
 * @param {import('./view.js').View} view
 * @param {Runs} runs
 */
export function updateRunBar({ runBar }, { mode, count: { ended, all }, seed, diverged }) {
    const playing = mode === 'playing';
    runBar.start.hidden = playing;
    runBar.pause.hidden = !playing;
    const text = all === 0 ? `seed ${seed}` : `${ended} of ${all} runs, seed ${seed}`;
    if (runBar.status.textContent !== text) runBar.status.textContent = text;
    const trouble = diverged ? explain(diverged) : '';
    if (runBar.trouble.textContent !== trouble) runBar.trouble.textContent = trouble;
}

/**
 * Why some runs have no dot.
 * @param {NonNullable<Runs['diverged']>} diverged
 */
function explain({ count, name, step }) {
    const first = `${name} at step ${step}`;
    const which = count === 1 ? `${first} diverged` : `${count} runs diverged, the first ${first}`;
    return `${which}: the step size is too large. “auto” converges.`;
}
