//! Query strings and pages of lists.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use auth::api_keys::has_key;
use domain::search::SearchText;
use domain::text;
use futures_util::future::{Ready, ready};
use repository::searches::SearchPage;
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::arguments::Argument;
use crate::http::problems::Problem;
use crate::http::schemas::{Presence, id, integer, named, string, text as bounded};

/// Items on a page without `limit`.
const LIMIT_DEFAULT: i64 = 20;

/// The most items on a page. It bounds the cost of a request.
pub(crate) const LIMIT_MAX: i64 = 100;

/// The longest search text.
const SEARCH_CHARACTERS_MAX: usize = 100;

/// A parameter that a route takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its purpose, for the API's description.
    pub(crate) says: &'static str,
    /// Its values, for the API's description.
    pub(crate) schema: fn() -> ObjectBuilder,
    /// Whether it may be left out, for the API's description.
    pub(crate) presence: Presence,
}

impl Parameter {
    /// A parameter that may be left out.
    pub(crate) const fn optional(name: &'static str, says: &'static str, schema: fn() -> ObjectBuilder) -> Self {
        Self { name, says, schema, presence: Presence::Optional }
    }

    /// A parameter that must be there.
    pub(crate) const fn required(name: &'static str, says: &'static str, schema: fn() -> ObjectBuilder) -> Self {
        Self { name, says, schema, presence: Presence::Required }
    }

    /// The start of a page, see [`Parameters::cursor`].
    pub(crate) const fn cursor(schema: fn() -> ObjectBuilder) -> Self {
        Self::optional("cursor", "The `next_cursor` of the previous page, unchanged.", schema)
    }

    /// The search text of a list, see [`Parameters::search`]. `says` tells which texts are searched, and that
    /// [`domain::search`] has the rule.
    pub(crate) const fn search(says: &'static str) -> Self {
        Self::sought(SEARCH, says)
    }

    /// Another text to search for, see [`Parameters::sought`].
    pub(crate) const fn sought(name: &'static str, says: &'static str) -> Self {
        Self::optional(name, says, || bounded(0, SEARCH_CHARACTERS_MAX))
    }
}

const SEARCH: &str = "q";

/// The size of a page.
pub(crate) const LIMIT: Parameter = Parameter::optional("limit", "The most items on the page.", || {
    integer(1, Some(LIMIT_MAX)).default(Some(LIMIT_DEFAULT.into()))
});

/// The start of a page of a list whose cursors are ids.
pub(crate) const CURSOR: Parameter = Parameter::cursor(id);

/// The parameters of a query string. [`Parameters::check`] refuses unknown and repeated ones, for every route.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The parameters of this request.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        if request.query_string().is_empty() {
            return Ok(Self::default());
        }
        match Query::<Vec<(String, String)>>::from_query(request.query_string()) {
            Ok(pairs) => Ok(Self(pairs.into_inner())),
            Err(_) => Err(invalid("query", "cannot be read")),
        }
    }

    /// Refuses parameters that are unknown or given twice.
    pub(crate) fn check(&self, known: &[Parameter]) -> Result<(), Problem> {
        for (index, (name, _)) in self.0.iter().enumerate() {
            if known.iter().all(|known| known.name != name) {
                return Err(unknown(name, known));
            }
            if self.0.iter().take(index).any(|(earlier, _)| earlier == name) {
                return Err(invalid(name, "must be given once"));
            }
        }
        Ok(())
    }

    /// The value of a parameter, if it is there.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The size of the page: `limit`.
    pub(crate) fn limit(&self) -> Result<i64, Problem> {
        self.whole_number(LIMIT.name, LIMIT_DEFAULT, LIMIT_MAX)
    }

    /// A whole number from 1 to `most`, or `default` without the parameter. A number has one spelling: its digits.
    pub(crate) fn whole_number(&self, name: &'static str, default: i64, most: i64) -> Result<i64, Problem> {
        let Some(value) = self.value(name) else { return Ok(default) };
        let number =
            value.parse().ok().filter(|number: &i64| (1..=most).contains(number) && number.to_string() == value);
        number.ok_or_else(|| Problem::field(name, format!("must be a whole number from 1 to {most}")))
    }

    /// The start of the page: `cursor`.
    pub(crate) fn cursor<T: FromStr>(&self) -> Result<Option<T>, Problem> {
        self.parsed(CURSOR.name, "must be a next_cursor of this list, unchanged")
    }

    /// The parsed value of the parameter, if it is there. `reason` is the error text for an invalid value.
    pub(crate) fn parsed<T: FromStr>(&self, name: &'static str, reason: &str) -> Result<Option<T>, Problem> {
        self.value(name).map(str::parse).transpose().map_err(|_| Problem::field(name, reason))
    }

    /// The value that the parameter names, if it is there.
    pub(crate) fn named<T, const N: usize>(
        &self,
        name: &'static str,
        known: [(&'static str, T); N],
    ) -> Result<Option<T>, Problem> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let names = known.each_ref().map(|(name, _)| *name).join(", ");
        match known.into_iter().find(|(name, _)| *name == value) {
            Some((_, named)) => Ok(Some(named)),
            None => Err(Problem::field(name, format!("must be one of {names}"))),
        }
    }

    /// The text that the caller searches for, if any: `q`.
    pub(crate) fn search(&self) -> Result<Option<String>, Problem> {
        self.sought(SEARCH)
    }

    /// The text to search for in this parameter, if any. A text of nothing but spaces, accents and invisible characters
    /// is none.
    pub(crate) fn sought(&self, name: &'static str) -> Result<Option<String>, Problem> {
        let typed = text::trimmed(self.value(name).unwrap_or_default());
        if typed.chars().all(text::is_invisible) {
            return Ok(None);
        }
        let line = text::line(name, typed, SEARCH_CHARACTERS_MAX)?;
        Ok(SearchText::of(&line).map(|_| line))
    }
}

/// Refuses an API key in the query, also of a route that needs none: addresses are kept by browsers, proxies and logs.
pub(crate) fn refuse_api_keys(request: &HttpRequest) -> Result<(), Problem> {
    if !has_key(request.query_string()) {
        return Ok(());
    }
    let reason = "must not have an API key. Addresses are kept in many places: revoke this key, make another one, and send \
                  it as Authorization: Bearer";
    Err(invalid("query", reason))
}

impl Argument for Parameters {}

impl FromRequest for Parameters {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// The problem of a parameter that the route does not take.
pub(crate) fn unknown(name: &str, known: &[Parameter]) -> Problem {
    let known: Vec<&str> = known.iter().map(|known| known.name).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    invalid(name, format!("is not known; this route takes {known}"))
}

fn invalid(name: &str, reason: impl Into<String>) -> Problem {
    const NAME_CHARACTERS_MAX: usize = 60;
    Problem::InvalidField {
        field: name.chars().take(NAME_CHARACTERS_MAX).collect::<String>().into(),
        reason: reason.into(),
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of at most `limit` items. `found` has one more if there is a next page. That page begins after the last
    /// item of this one; `cursor` returns an item's cursor.
    pub(crate) fn of<Found>(
        mut found: Vec<Found>,
        limit: i64,
        cursor: impl Fn(&Found) -> String,
        item: impl FnMut(&Found) -> T,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let is_last = found.len() <= limit;
        found.truncate(limit);
        let next_cursor = if is_last { None } else { found.last().map(cursor) };
        Self { items: found.iter().map(item).collect(), next_cursor }
    }

    /// A list that is bounded so closely that one page has all of it.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// A page of a search that examines a bounded number of rows. It may be short or empty without being the last one.
    pub(crate) fn of_search<Found, Id: Display>(
        SearchPage { found, next }: &SearchPage<Found, Id>,
        item: impl FnMut(&Found) -> T,
    ) -> Self {
        Self { items: found.iter().map(item).collect(), next_cursor: next.as_ref().map(Id::to_string) }
    }
}

/// Each kind of item has a schema of its own, such as `EventPage`.
impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let (_, of_items) = named::<T>();
        schemas.extend(of_items);
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let (item, _) = named::<T>();
        let next = "The `cursor` of the next page. Null on the last page. Other pages may have few items, or none.";
        let next = string().schema_type(SchemaType::from_iter([Type::String, Type::Null])).description(Some(next));
        let items = ArrayBuilder::new().items(item).max_items(usize::try_from(LIMIT_MAX).ok());
        let page = ObjectBuilder::new().description(Some("One page of a list."));
        let page =
            page.property("items", items).required("items").property("next_cursor", next).required("next_cursor");
        page.into()
    }
}
