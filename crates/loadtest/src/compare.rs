//! Sales beside baselines: figures of several rounds, a table of ratios, and a picture.

pub mod figures;
pub mod picture;
pub mod rows;
pub mod run;
pub mod table;

mod baselines;
