/** What a slice of a run has come to. */
export interface Progress {
    step: number;
    steps: number;
    samples: number;
    /** Samples and risk at each report since the last call. */
    reports: [number, number][];
    status: "running" | "finished" | "diverged";
    /** Null for random features, which have none. */
    stepSize: number | null;
}

/** Exact risks: of random features at N = 1, 2, …, and of NT at some widths; NaN where one is not known. */
export interface Exact {
    rf: number[];
    rfAligned: number[];
    nt: [number, number][];
    bayes: number | null;
    /** Why some are not known, in a sentence. */
    unknown: string | null;
}
