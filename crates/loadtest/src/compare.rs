//! Sales beside baselines: figures of several rounds, a table of ratios, and a picture.

pub mod figures;
pub mod picture;
pub mod rows;
pub mod run;
mod sites;
pub mod table;

mod baselines;
mod before;
mod crowded;
mod door;
mod variations;
mod waves;
