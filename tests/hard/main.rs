//! Solvers that iterate or come near a singularity, on random hard inputs: each answer is that of a slow and sure
//! reference, or is refused. `HARD_CASES=100000 cargo test --release --test hard` tries more of them.
#![cfg(not(target_arch = "wasm32"))]

mod double;
mod features;
mod roots;
mod tangent;

use rand_mt::Mt64;

/// How many cases: `usual`, unless the environment asks for another number of each.
fn cases(usual: u64) -> u64 {
    let asked = std::env::var("HARD_CASES").ok();
    asked.map_or(usual, |text| text.parse().unwrap())
}

/// Numbers for a case, the same on every machine.
struct Draws(Mt64);

impl Draws {
    fn of(case: u64) -> Self {
        Self(Mt64::new(case))
    }

    /// Uniform in [0, 1).
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `low … high`.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// A whole number in `low … high`, both included.
    fn whole(&mut self, low: usize, high: usize) -> usize {
        low + (self.0.next_u64() % (high - low + 1) as u64) as usize
    }

    fn sign(&mut self) -> f64 {
        if self.0.next_u64() % 2 == 0 {
            1.0
        } else {
            -1.0
        }
    }
}
