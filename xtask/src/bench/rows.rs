//! What is measured natively, and what its products are.

use serde_json::{Value, json};

/// Input dimension and batch of every row.
pub(super) const DIM: usize = 450;
pub(super) const BATCH: usize = 100;

/// Runs of a cohort.
pub(super) const SIX: usize = 6;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) problem: &'static str,
    pub(crate) regime: &'static str,
    pub(crate) protocol: &'static str,
    pub(crate) neurons: usize,
}

/// A part of a step's products: how many operations, at the shapes of a step of how many neurons.
pub(super) struct Product {
    pub(super) operations: f64,
    pub(super) neurons: usize,
}

impl Row {
    /// All rows, in the order of the table.
    pub(super) fn all() -> Vec<Self> {
        let mut rows = Vec::new();
        let wide = [45, 225, 450, 900, 4500];
        for (problem, protocols, widths) in [
            ("qf", &["theorem", "published"][..], &wide[..]),
            ("mg", &["theorem"], &wide[..3]),
        ] {
            for &protocol in protocols {
                for regime in ["nn", "nt"] {
                    rows.extend(widths.iter().map(|&neurons| Self {
                        problem,
                        regime,
                        protocol,
                        neurons,
                    }));
                }
            }
        }
        rows
    }

    /// How it is named in a table.
    pub(super) fn name(&self) -> String {
        let regime = self.regime.to_uppercase();
        match self.problem {
            "mg" => format!("{regime}, mixture"),
            _ => format!("{regime}, {}", self.protocol),
        }
    }

    /// The request that prepares it.
    pub(super) fn request(&self, slot: &str, runs: usize, samples: &str) -> Value {
        json!({
            "op": "prepare", "slot": slot, "problem": self.problem, "regime": self.regime, "protocol": self.protocol,
            "neurons": self.neurons, "runs": runs, "samples": samples,
        })
    }

    /// Whether our step trains a d×d matrix in the place of the weights (`src/lazy/train/networks.rs`).
    pub(super) fn is_lifted(&self) -> bool {
        match (self.problem, self.regime) {
            ("mg", "nn") => false,
            (_, "nn") => self.neurons > DIM,
            _ => self.neurons >= DIM,
        }
    }

    /// The products of our step of one run, in a cohort of `runs`, which share those with weights that stay.
    pub(super) fn products(&self, runs: usize) -> Vec<Product> {
        let rows = if self.is_lifted() { DIM } else { self.neurons };
        // One product of a matrix of `rows` rows with the batch.
        let one = 2.0 * (rows * DIM * BATCH) as f64;
        let shared = one / runs as f64;
        let operations = match self.regime {
            "nn" => 2.0 * one,
            _ => 2.0 * one + shared,
        };
        let mut products = vec![Product {
            operations,
            neurons: rows,
        }];
        if self.protocol == "published" && self.regime == "nt" && self.is_lifted() {
            products.push(Product {
                operations: 2.0 * (self.neurons * DIM * BATCH) as f64 / runs as f64,
                neurons: self.neurons,
            });
        }
        products
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_of_a_step() {
        let row = |regime, protocol, neurons| Row {
            problem: "qf",
            regime,
            protocol,
            neurons,
        };
        let operations = |row: Row, runs| {
            let products = row.products(runs);
            products.iter().map(|part| part.operations).sum::<f64>() / 1e6
        };
        for (found, expected) in [
            (operations(row("nn", "theorem", 225), 6), 40.5),
            (operations(row("nn", "theorem", 900), 1), 81.0),
            (operations(row("nt", "theorem", 225), 1), 60.75),
            (operations(row("nt", "theorem", 4500), 6), 87.75),
            (operations(row("nt", "published", 4500), 6), 155.25),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
