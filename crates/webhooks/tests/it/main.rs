//! What holds of webhooks without a database.
