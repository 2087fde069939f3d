/** What a slice of a run has come to. */
export interface Progress {
    step: number;
    steps: number;
    samples: number;
    /** Samples and the values of its measures at each report since the last call. */
    reports: number[][];
    status: "running" | "finished" | "diverged";
    /** Null for random features, which have none. */
    stepSize: number | null;
}

/** What a slow solve has come to: lists, one after the other, and how long each is; NaN what is not known. */
export interface Solved {
    values: number[];
    lengths: number[];
    /** Why some are not known, in a sentence. */
    unknown: string | null;
}
