//! Elementary functions that give the same bits on every machine.
//!
//! Those of the standard library are the system's natively: their last digits depend on its version and on whether the
//! processor fuses operations. These come with the program, as those of the standard library do in wasm, where they are
//! the same code.

macro_rules! elementary {
    ($($(#[$documentation:meta])* fn $name:ident($x:ident $(, $y:ident)?) = $standard:ident;)*) => {
        $(
            $(#[$documentation])*
            #[allow(dead_code)] // A house of fewer parts takes fewer of them.
            pub(crate) fn $name($x: f64 $(, $y: f64)?) -> f64 {
                #[cfg(not(target_arch = "wasm32"))]
                return libm::$name($x $(, $y)?);
                #[cfg(target_arch = "wasm32")]
                return $x.$standard($($y)?);
            }
        )*
    };
}

elementary! {
    /// `eˣ`.
    fn exp(x) = exp;
    /// The natural logarithm.
    fn log(x) = ln;
    /// `ln(1 + x)`, exact for small x.
    fn log1p(x) = ln_1p;
    /// `xʸ`.
    fn pow(x, y) = powf;
    /// The cube root.
    fn cbrt(x) = cbrt;
    /// The sine of an angle in radians.
    fn sin(x) = sin;
    /// The cosine of an angle in radians.
    fn cos(x) = cos;
    /// The angle in [−π/2, π/2] of that sine.
    fn asin(x) = asin;
    /// The angle in [0, π] of that cosine.
    fn acos(x) = acos;
    /// The angle in (−π/2, π/2) of that tangent.
    fn atan(x) = atan;
    /// The angle in [−π, π] of the point `(y, x)`.
    fn atan2(x, y) = atan2;
    /// The hyperbolic cosine.
    fn cosh(x) = cosh;
    /// The hyperbolic tangent.
    fn tanh(x) = tanh;
}
