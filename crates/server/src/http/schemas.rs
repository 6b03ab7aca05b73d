//! Schemas of JSON values, for the description of the API: the types behind a name, and plain texts and numbers.

use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{Ref, RefOr, Schema};

/// A schema with its name among the components.
pub(crate) type Named = (String, RefOr<Schema>);

/// Whether something may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// A reference to the schema of `T`, and the schemas that the components need for it.
pub(crate) fn named<T: ToSchema>() -> (RefOr<Schema>, Vec<Named>) {
    let name = T::name().into_owned();
    let reference = Ref::from_schema_name(&name);
    let mut schemas = vec![(name, T::schema())];
    T::schemas(&mut schemas);
    (reference.into(), schemas)
}

/// Text.
pub(crate) fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// Text with so many characters.
pub(crate) fn text(characters_min: usize, characters_max: usize) -> ObjectBuilder {
    let text = string().max_length(Some(characters_max));
    if characters_min == 0 { text } else { text.min_length(Some(characters_min)) }
}

/// One of these texts.
pub(crate) fn one_of<const N: usize>(texts: [&'static str; N]) -> ObjectBuilder {
    names(texts)
}

/// One of these texts.
pub(crate) fn names(texts: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    string().enum_values(Some(texts))
}

/// An id.
pub(crate) fn id() -> ObjectBuilder {
    string().format(Some(custom("uuid")))
}

/// A time (RFC 3339).
pub(crate) fn time() -> ObjectBuilder {
    string().format(Some(custom("date-time")))
}

/// True or false.
pub(crate) fn boolean() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Boolean)
}

/// A whole number.
pub(crate) fn integer(minimum: i64, maximum: Option<i64>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(minimum)).maximum(maximum)
}

/// A format that utoipa has no name for, or only behind a feature.
pub(crate) fn custom(format: &str) -> SchemaFormat {
    SchemaFormat::Custom(format.to_owned())
}
