//! The reference documentation of the parameters.

use crate::neuron::drawn::RandomNeurons;
use crate::neuron::polynomial::PolynomialSettings;
use crate::neuron::setting::NeuronSettings;
use crate::setting::Scope;
use crate::setting::reference::section;

/// A section for each command and for the figure.
pub(super) fn reference() -> String {
    let places = [
        (
            "`lazy-limits risk neuron`",
            "What random features of one neuron can and cannot reach.",
            NeuronSettings::RISK,
        ),
        (
            "`lazy-limits risk wave`",
            "The same of a periodic function of one direction.",
            NeuronSettings::RISK_OF_WAVE,
        ),
        (
            "`lazy-limits risk linear`",
            "The same of a linear function.",
            NeuronSettings::RISK_OF_LINEAR,
        ),
        (
            "`lazy-limits exact neuron`",
            "Exact risks of features that are drawn.",
            NeuronSettings::EXACT,
        ),
        (
            "`lazy-limits train neuron` and plans",
            "One run. In JSON the keys are the same, beside `\"schema\": 1` and `\"problem\": \"neuron\"`.",
            NeuronSettings::TRAIN,
        ),
        (
            "`<lazy-limits figure=\"neuron\">`",
            "Attributes, keys of `element.state`, and of the hash `#v=1&features=1000`.",
            NeuronSettings::FIGURE,
        ),
    ];
    let sections =
        places.map(|(title, intro, scope)| section::<NeuronSettings>(title, intro, scope));
    sections.concat()
        + &section::<PolynomialSettings>(
            "`lazy-limits train polynomial` and plans",
            "One run. In JSON the keys are the same, beside `\"schema\": 1` and `\"problem\": \"polynomial\"`.",
            Scope::TRAIN,
        )
        + &section::<RandomNeurons>(
            "Plans of random features",
            "Exact risks, one draw of features a step, beside `\"problem\": \"random-neurons\"`; see [results.md](results.md).",
            Scope::TRAIN,
        )
}
