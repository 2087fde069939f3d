import type { LazyLimits } from './element.js';

/** What a reader is to bring about: `of` is a number at the handle or a setting, and one of the three says what of it. */
export interface Goal {
    text: string;
    of: string;
    below?: number;
    above?: number;
    is?: number | string;
}

/** What a reader guesses before it is seen: the subject `of`, at places along the axis. */
export interface Prediction {
    text: string;
    of: string;
    /** Without it, the large one. */
    panel?: string;
    at: number[];
}

export interface Step {
    title?: string;
    text: string;
    /** Settings; the others are at their defaults. */
    state?: Record<string, string | number>;
    panels?: string;
    controls?: string;
    readouts?: string;
    only?: string;
    goal?: Goal;
    prediction?: Prediction;
}

export interface Lesson {
    lesson: 1;
    title: string;
    figure: string;
    /** Of its texts, such as `en-GB`. */
    language?: string;
    steps: Step[];
}

export interface Options {
    /** The step to begin with, from 0. */
    index?: number;
    /** Called when the reader leaves. */
    left?: () => void;
}

/** A lesson that goes on. */
export interface Teaching {
    readonly lesson: Lesson;
    /** The step, from 0. */
    readonly index: number;
    /** Goes to the next step; false at the last one. */
    next(): boolean;
    /** Goes to the step before; false at the first one. */
    back(): boolean;
    /** Takes the lesson away. */
    end(): void;
}

/** A lesson cannot be given: all that is wrong with it, a sentence each. */
export class LessonError extends Error {
    faults: string[];
}

/**
 * Begins a lesson at a figure: its panel stands directly before it, and the figure dispatches `lesson` at each step, with
 * `detail.step` from 1, `detail.steps` and `detail.title`, and with the step 0 when the lesson is over. Rejected with a
 * {@link LessonError} if it is no lesson for this figure.
 */
export function teach(figure: LazyLimits, lesson: Lesson, options?: Options): Promise<Teaching>;

/** Goes to the next step of the lesson that was begun last; false if there is none. */
export function next(): boolean;

/** Goes to the step before. */
export function back(): boolean;
