//! The database's clocks, for queries that diesel builds.

diesel::define_sql_function! {
    /// The database's clock.
    fn clock_timestamp() -> Timestamptz;
}

diesel::define_sql_function! {
    /// The database's clock at the start of the statement. Updates use it: distributed databases refuse a function
    /// there whose result changes within a statement.
    fn statement_timestamp() -> Timestamptz;
}
