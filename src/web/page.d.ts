/** What settings are about. */
export type About = "target" | "edits" | "features" | "training" | "pace" | "step" | "place" | "dial" | "view";

/** One row of the table of parameters. */
export interface Parameter {
    key: string;
    /** What it is called beside its control. */
    label: string;
    /** Where its control is: in sight, a click away, or elsewhere on the figure. */
    place: "first" | "more" | "elsewhere";
    /** What it is about: decides what is drawn anew, and which runs go on, when it changes. */
    about: About;
    kind:
        | "integer"
        | "integer-or-auto"
        | "real"
        | "share"
        | "real-or-auto"
        | "reals"
        | "ranks"
        | "choice"
        | "spectrum"
        | "weights";
    min?: number;
    max?: number;
    choices: { name: string; label: string; help: string }[];
    /** What a share is of at 0 and at 1. */
    ends?: [string, string];
    /** Those that a spectrum can be chosen from. */
    families: Family[];
    help: string;
    default: string;
}

/** A family of eigenvalues. */
export interface Family {
    name: string;
    label: string;
    help: string;
    /** Whether it is a distribution, which can be sampled. */
    sampled: boolean;
    parameter?: { default: number; min: number; max: number };
}

/** Every parameter by its key. */
export type State = Record<string, number | string>;

/** A value that was not taken; its message is why, in one sentence. */
export interface Refusal extends Error {
    /** The key that it was given for. */
    field: string;
}

/** The numbers at the handle, of which the part knows the meaning; what is not known, or not yet, is null. */
export type Risks = Record<string, any>;

/** A panel: what the page makes a place for. */
export interface PanelSheet {
    key: string;
    title: string;
    place: "main" | "side" | "middle" | "below";
    /** Whether what moves with its grip is drawn on a canvas of its own. */
    over: boolean;
    /** Whether each live run is a dot of it, wherever the handle stands. */
    dots: boolean;
    /** The key of the setting that its grips change, if it has any. */
    turns: string | null;
    /** Whether it is of live runs, whatever is in front. */
    live: boolean;
}

/** What of a panel can be taken hold of. */
export interface Grip {
    name: string;
    label: string;
    value: number;
    min: number;
    max: number;
    /** Where it begins to grow by factors, if it stands lower. */
    least: number;
    /** The factor of a small step. */
    fine: number;
    /** Whether its values are whole numbers: a small step then is one. */
    whole: boolean;
    /** Whether it moves up and down, as a page does under a finger. */
    upright: boolean;
    /** What it says where it stands. */
    text: string;
}

/** A line of the numbers at the handle. */
export interface Reading {
    key: string;
    name: string;
    note: string;
    limit: string;
    exact: string;
    trained: string;
}

/** All that is read at the handle. */
export interface Readings {
    /** Where the handle stands. */
    at: number;
    /** What that comes to, in few words. */
    place: string;
    /** What the first column is called, */
    limit: string;
    /** and what it means. */
    meaning: string;
    /** What the exact values are exact for. */
    exact: string;
    lines: Reading[];
}

/** One run to be trained. */
export interface Plan {
    /** The same for equal plans, as long as they are planned. */
    id: number;
    role: "handle" | "grid";
    /** What it is called in a sentence. */
    name: string;
    /** What it is told apart by, as its part has it. */
    facts: [string, number | string][];
    /** What settings it depends on. */
    about: About[];
    /** Milliseconds from one report to the next, at least; 0 for no rest. */
    pace: number;
    /** What the worker's `Run` takes. */
    plan: object;
}

/** What a worker should solve. */
export interface SlowOrder {
    id: number;
    figure: string;
    order: object;
}

/** A chart as rows of text. */
export interface Table {
    columns: string[];
    rows: string[][];
}
