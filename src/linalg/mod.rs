//! Dense linear algebra: the only place that knows which product and which factorisations are
//! used. The types are nalgebra's; matrices are stored column by column.

mod asymmetry;
mod cholesky;
#[cfg(not(target_arch = "wasm32"))]
mod kernel;
mod order;
mod part;
mod product;
mod projection;
mod symmetric;

pub use asymmetry::Asymmetry;
pub use cholesky::NestedCholesky;
#[cfg(not(target_arch = "wasm32"))]
pub use kernel::ProductKernel;
pub use order::{falling, ranks};
#[cfg(test)]
pub(crate) use product::multiplications;
pub use product::{Element, Factor, add_product, normal, product, transposed};
pub use projection::{NestedBasis, orthonormal_basis};
pub use symmetric::Symmetric;
