// What the figures of the first paper are called, and how it is cited.

/** Titles by figure. @type {Record<string, string>} */
export const TITLES = {
    quadratic: 'Quadratic targets',
    laziness: 'From lazy to rich',
    mixture: 'Mixtures of Gaussians',
    activation: 'Other activations',
};

/** @type {import('../taken/cite.js').Entry} */
export const PAPER = {
    kind: 'inproceedings',
    key: 'ghorbani2019limitations',
    fields: {
        title: 'Limitations of Lazy Training of Two-layers Neural Networks',
        author: 'Ghorbani, Behrooz and Mei, Song and Misiakiewicz, Theodor and Montanari, Andrea',
        booktitle: 'Advances in Neural Information Processing Systems 32',
        year: '2019',
        eprint: '1906.08899',
        archiveprefix: 'arXiv',
    },
};
