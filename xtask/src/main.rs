//! Builds, serves and tests Lazy Limits.

fn main() {}
