// What the figure of the second paper is called, and how it is cited.

/** Titles by figure. @type {Record<string, string>} */
export const TITLES = {
    neuron: 'One neuron, a thousand random ones',
};

/** @type {import('../taken/cite.js').Entry} */
export const PAPER = {
    kind: 'inproceedings',
    key: 'yehudai2019power',
    fields: {
        title: 'On the Power and Limitations of Random Features for Understanding Neural Networks',
        author: 'Yehudai, Gilad and Shamir, Ohad',
        booktitle: 'Advances in Neural Information Processing Systems 32',
        year: '2019',
        eprint: '1904.00687',
        archiveprefix: 'arXiv',
    },
};
