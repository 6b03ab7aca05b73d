//! Sales beside what they are compared with: figures of several rounds, a table of ratios, and a picture.

pub mod baselines;
pub mod figures;
pub mod picture;
pub mod run;
pub mod wanted;
