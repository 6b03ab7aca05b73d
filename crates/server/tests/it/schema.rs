//! The part of JSON Schema (2020-12) that the API's description uses. What is not known here is refused, so that
//! nothing passes unseen.

use std::collections::BTreeSet;

use chrono::DateTime;
use regex::Regex;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Keywords that say nothing about whether a value is valid.
const NOTES: [&str; 5] = ["description", "title", "default", "example", "examples"];

/// The members of an object that some part of a schema knows of.
type Known = BTreeSet<String>;

/// Whether a member that no part of a schema knows of may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// In requests, where the schema says so itself.
    BySchema,
    /// In answers: what is sent must be described.
    Refused,
}

/// Says why `value` is not what `schema` describes, if it is not. References are looked up in `document`.
pub(crate) fn check(document: &Value, schema: &Value, value: &Value, unknown: Unknown) -> Result<(), String> {
    Checker { document, unknown }.whole(schema, value, "")
}

/// What a reference in the document leads to.
pub(crate) fn resolve<'a>(document: &'a Value, reference: &str) -> Result<&'a Value, String> {
    let pointer = reference.strip_prefix('#').ok_or_else(|| format!("{reference} leads out of the document"))?;
    document.pointer(pointer).ok_or_else(|| format!("{reference} leads nowhere"))
}

struct Checker<'a> {
    document: &'a Value,
    unknown: Unknown,
}

impl Checker<'_> {
    fn whole(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let mut known = Known::new();
        self.part(schema, value, at, &mut known)?;
        let members = value.as_object().into_iter().flat_map(Map::keys);
        match members.into_iter().find(|member| self.unknown == Unknown::Refused && !known.contains(*member)) {
            Some(member) => Err(format!("{at}/{member} is not described")),
            None => Ok(()),
        }
    }

    /// Checks what the schema says; members that it describes become known.
    fn part(&self, schema: &Value, value: &Value, at: &str, known: &mut Known) -> Result<(), String> {
        let schema = schema.as_object().ok_or_else(|| format!("{at}: {schema} is no schema"))?;
        for (keyword, rule) in schema {
            self.keyword(schema, keyword, rule, value, at, known)
                .map_err(|error| if error.starts_with('/') { error } else { format!("{at}/: {error}") })?;
        }
        Ok(())
    }

    fn keyword(
        &self,
        schema: &Map<String, Value>,
        keyword: &str,
        rule: &Value,
        value: &Value,
        at: &str,
        known: &mut Known,
    ) -> Result<(), String> {
        let bound = || rule.as_f64().unwrap_or_else(|| panic!("{keyword} is {rule}"));
        let length = || {
            rule.as_u64()
                .and_then(|length| usize::try_from(length).ok())
                .unwrap_or_else(|| panic!("{keyword} is {rule}"))
        };
        let holds = match keyword {
            "$ref" => return self.part(resolve(self.document, rule.as_str().unwrap())?, value, at, known),
            "allOf" => return parts(rule).iter().try_for_each(|part| self.part(part, value, at, known)),
            "oneOf" => return self.one_of(parts(rule), value, at, known),
            "type" => match rule {
                Value::String(name) => is_of_type(name, value),
                names => parts(names).iter().any(|name| is_of_type(name.as_str().unwrap(), value)),
            },
            "enum" => parts(rule).contains(value),
            "format" => is_of_format(rule.as_str().unwrap(), value),
            "minimum" => value.as_f64().is_none_or(|number| number >= bound()),
            "maximum" => value.as_f64().is_none_or(|number| number <= bound()),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= length()),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= length()),
            "pattern" => {
                let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "minItems" => value.as_array().is_none_or(|items| items.len() >= length()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= length()),
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                return items.into_iter().try_for_each(|(n, item)| self.whole(rule, item, &format!("{at}/{n}")));
            }
            "required" => {
                let Some(members) = value.as_object() else { return Ok(()) };
                return match parts(rule).iter().find(|name| !members.contains_key(name.as_str().unwrap())) {
                    Some(name) => Err(format!("{name} is missing")),
                    None => Ok(()),
                };
            }
            "properties" => {
                let Some(members) = value.as_object() else { return Ok(()) };
                for (name, schema) in rule.as_object().unwrap() {
                    if let Some(member) = members.get(name) {
                        known.insert(name.clone());
                        self.whole(schema, member, &format!("{at}/{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let named = schema.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                for (name, member) in others.filter(|(name, _)| named.is_none_or(|named| !named.contains_key(*name))) {
                    match rule {
                        Value::Bool(true) => {}
                        Value::Bool(false) => return Err(format!("{name} must not be there")),
                        schema => self.whole(schema, member, &format!("{at}/{name}"))?,
                    }
                    known.insert(name.clone());
                }
                true
            }
            "propertyNames" => {
                let names = value.as_object().into_iter().flat_map(Map::keys);
                return names.into_iter().try_for_each(|name| self.whole(rule, &Value::from(name.clone()), at));
            }
            note if NOTES.contains(&note) => true,
            unknown => panic!("{unknown} is a keyword that the tests do not know: teach them"),
        };
        if holds { Ok(()) } else { Err(format!("{value} is not of {keyword} {rule}")) }
    }

    fn one_of(&self, options: &[Value], value: &Value, at: &str, known: &mut Known) -> Result<(), String> {
        let tries = options.iter().map(|option| {
            let mut known = known.clone();
            self.part(option, value, at, &mut known).map(|()| known)
        });
        let (fitting, others): (Vec<_>, Vec<_>) = tries.partition(Result::is_ok);
        match fitting.into_iter().flatten().collect::<Vec<_>>().as_slice() {
            [only] => {
                known.clone_from(only);
                Ok(())
            }
            [] => Err(format!("{value} is none of the options: {others:?}")),
            several => Err(format!("{value} is {} of the options", several.len())),
        }
    }
}

fn parts(rule: &Value) -> &[Value] {
    rule.as_array().unwrap_or_else(|| panic!("{rule} is no list"))
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("there is no type {unknown}"),
    }
}

/// Formats speak of texts or of numbers; a null that the type allows has none.
fn is_of_format(name: &str, value: &Value) -> bool {
    let text = |is_sound: fn(&str) -> bool| value.as_str().is_none_or(is_sound);
    match name {
        "uuid" => text(|text| text.parse::<Uuid>().is_ok_and(|id| id.to_string() == text)),
        "date-time" => text(|text| DateTime::parse_from_rfc3339(text).is_ok()),
        "email" => text(|text| text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())),
        "uri-reference" => text(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())),
        "password" | "binary" => value.is_string(),
        "int32" => value.as_i64().is_none_or(|number| i32::try_from(number).is_ok()),
        "int64" => value.as_f64().is_none_or(|_| value.is_i64() || value.is_u64()),
        "double" => value.as_f64().is_none_or(f64::is_finite),
        unknown => panic!("{unknown} is a format that the tests do not know: teach them"),
    }
}

mod tests {
    use super::*;
    use serde_json::json;

    fn refused(schema: &Value, value: &Value) -> String {
        check(&json!({}), schema, value, Unknown::Refused).unwrap_err()
    }

    #[test]
    fn a_value_outside_its_schema_is_named() {
        for (schema, value, why) in [
            (json!({ "type": "string" }), json!(1), "type"),
            (json!({ "type": ["string", "null"] }), json!(1), "type"),
            (json!({ "type": "integer" }), json!(1.5), "type"),
            (json!({ "enum": ["a", "b"] }), json!("c"), "enum"),
            (json!({ "format": "uuid" }), json!("0"), "format"),
            (json!({ "format": "date-time" }), json!("2030-01-01"), "format"),
            (json!({ "format": "email" }), json!("alice"), "format"),
            (json!({ "format": "int32" }), json!(5_000_000_000_u64), "format"),
            (json!({ "minimum": 1 }), json!(0), "minimum"),
            (json!({ "maximum": 1 }), json!(2), "maximum"),
            (json!({ "minLength": 1 }), json!(""), "minLength"),
            (json!({ "maxLength": 1 }), json!("üü"), "maxLength"),
            (json!({ "pattern": "^a+$" }), json!("ab"), "pattern"),
            (json!({ "minItems": 1 }), json!([]), "minItems"),
            (json!({ "maxItems": 1 }), json!([1, 1]), "maxItems"),
            (json!({ "items": { "type": "null" } }), json!([null, 1]), "/1"),
            (json!({ "required": ["a"] }), json!({}), "a"),
            (json!({ "properties": { "a": { "type": "null" } } }), json!({ "a": 1 }), "/a"),
            (json!({ "properties": { "a": {} } }), json!({ "a": 1, "b": 2 }), "/b is not described"),
            (json!({ "additionalProperties": false }), json!({ "a": 1 }), "a"),
            (json!({ "additionalProperties": { "type": "null" } }), json!({ "a": 1 }), "/a"),
            (json!({ "propertyNames": { "maxLength": 1 } }), json!({ "ab": 1 }), "maxLength"),
            (json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] }), json!(1), "none"),
            (json!({ "oneOf": [{ "type": "number" }, { "type": "integer" }] }), json!(1), "2"),
            (json!({ "allOf": [{ "properties": { "a": {} } }] }), json!({ "b": 1 }), "/b is not described"),
            (json!({ "$ref": "#/nothing" }), json!(1), "leads nowhere"),
        ] {
            let error = refused(&schema, &value);
            assert!(error.contains(why), "{schema} {value}: {error}");
        }
    }

    #[test]
    fn values_that_the_schema_allows_pass() {
        let document =
            json!({ "a": { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] } });
        let schema = json!({
            "allOf": [{ "$ref": "#/a" }, { "properties": { "b": { "oneOf": [{ "type": "null" }, { "$ref": "#/a" }] } } }],
        });
        for value in [json!({ "a": 1 }), json!({ "a": 1, "b": null }), json!({ "a": 1, "b": { "a": 2 } })] {
            check(&document, &schema, &value, Unknown::Refused).unwrap();
        }
        check(&document, &json!({ "properties": {} }), &json!({ "a": 1 }), Unknown::BySchema).unwrap();
    }

    #[test]
    #[should_panic(expected = "not is a keyword that the tests do not know")]
    fn an_unknown_keyword_does_not_pass() {
        let _ = check(&json!({}), &json!({ "not": {} }), &json!("b"), Unknown::Refused);
    }

    #[test]
    #[should_panic(expected = "ipv4 is a format that the tests do not know")]
    fn an_unknown_format_does_not_pass() {
        let _ = check(&json!({}), &json!({ "format": "ipv4" }), &json!("b"), Unknown::Refused);
    }
}
