import type { Given, Properties, Settings } from './settings.js';

export type { Given, Properties, Settings };

/** What of the page around a figure is saved. */
export interface Extent {
    /** Whether the whole page is, or the figure alone. */
    article?: boolean;
    /** Those that the figure is to show, as its attribute of that name has them; without it, those that it shows. */
    panels?: string;
}

/** Settings by their keys; a figure has those that it has. */
export type State = Partial<Settings>;

/** A run as others see it. */
export interface Run {
    id: number;
    seed: number;
    regime?: string;
    neurons?: number;
    dim?: number;
    /** Samples seen. */
    samples: number;
    /** The last one reported. */
    risk: number | null;
    status: 'queued' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed';
    /** Samples and risk at each report. */
    curve: [number, number][];
    /** From which step on which step size was used. */
    stepSizes: [number, number][];
}

/** A network that was trained elsewhere. */
export interface OwnRun {
    target: State;
    dim: number;
    neurons: number;
    /** Samples and risk, in turn. */
    points: number[];
    finished: boolean;
}

/** The element's own events; none of them bubbles. */
export interface LazyLimitsEvents {
    /** The reader has changed something; `moving` while a drag goes on. At most once a frame. */
    change: CustomEvent<{ readonly state: State; readonly moving: boolean }>;
    /** A run reports. */
    progress: CustomEvent<{ readonly run: Run }>;
    /** All runs have ended. */
    finish: CustomEvent<Record<string, never>>;
    /** A value was refused, or something failed; `field` is the setting that it is about. */
    error: CustomEvent<{ readonly message: string; readonly field: string | undefined }>;
}

export type LazyLimitsEventMap = Omit<HTMLElementEventMap, keyof LazyLimitsEvents> & LazyLimitsEvents;

/** What the element can be given in markup: its properties, and settings by their keys too. */
export type LazyLimitsAttributes = Partial<Given> & { [Key in keyof Settings as Key extends keyof Given ? never : Key]?: string | number };

export interface LazyLimits extends Properties {
    addEventListener<Type extends keyof LazyLimitsEventMap>(
        type: Type, listener: (this: LazyLimits, event: LazyLimitsEventMap[Type]) => unknown, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<Type extends keyof LazyLimitsEventMap>(
        type: Type, listener: (this: LazyLimits, event: LazyLimitsEventMap[Type]) => unknown, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** An interactive figure, `<lazy-limits>`. Where there are no elements, as on a server, it is a class that is good for nothing. */
export class LazyLimits extends HTMLElement {
    static observedAttributes: string[];

    /** Fulfilled when the figure has been drawn; rejected if it cannot be. */
    get ready(): Promise<LazyLimits>;

    /**
     * Every setting by its key; until the core is there, those that have been asked for. Assigning some of them leaves the
     * others; those refused keep their value.
     */
    get state(): State;
    set state(values: { [Key in keyof Settings]?: unknown });

    /**
     * The state as a URL's hash without `#`: defaults are left out, and those left out are defaults. An empty one stands for
     * the state that the attributes ask for.
     */
    hash: string;

    /** The risks at the handle; what is not known, or not yet, is null. */
    get risks(): Record<string, any> | null;

    /** The eigenvalues of what is in front, largest first. */
    get eigenvalues(): Float64Array | null;

    /** The networks that are trained. */
    get runs(): Run[];

    /** Trains; what is asked for before the figure is ready is done when it is. */
    start(): void;
    pause(): void;
    /** Advances each active run to its next report. */
    step(): void;
    /** Puts the runs back to their start, with the same seed. */
    reset(): void;

    /** Lays results over the figure: a file that `lazy-limits figure`, `train` or `sweep` has written. */
    openResults(file: Blob): Promise<void>;
    /** Takes them away again; those of the attribute come back. */
    removeResults(): void;
    /** The text of the file of results that is laid over the figure; '' if none is. */
    readResults(): Promise<string>;
    /** The figure as one HTML file that works without a network, in its present state and with its results. */
    saveAsOneFile(extent?: Extent): Promise<Blob>;
    /** Puts a network that has been trained beside the results, if it is of their target. */
    putRun(run: OwnRun): void;

    connectedCallback(): void;
    disconnectedCallback(): void;
    adoptedCallback(): void;
    attributeChangedCallback(name: string, before: string | null, value: string | null): void;
}
