//! JSON Schemas (draft-07) of the kinds of files, for editors.
//!
//! In: the table of keys (`mitoshi_core::pack::keys`) and a language. Out: one schema, without references,
//! with a description for every key. Draft-07 because every editor reads it. What only the whole pack can
//! tell (names, years of the plan, sums of probabilities) is `mitoshi check`'s work.

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::keys::{self, Key, Kind, Shape};
use mitoshi_core::text;
use serde_json::{Map, Value, json};

use crate::document::json::pretty;

/// The kinds of files: what is typed, their keys, their title.
fn files() -> [(&'static str, &'static [Key], Text); 5] {
    [
        ("plan", keys::PLAN, text!("計画（rules/plan.toml）", "The plan (rules/plan.toml)")),
        ("sheet", keys::SHEET, text!("個票（rules/<id>.toml）", "A sheet (rules/<id>.toml)")),
        ("scenario", keys::SCENARIO, text!("シナリオ（scenarios/<名前>.toml）", "A scenario (scenarios/<name>.toml)")),
        ("causes", keys::CAUSES, text!("要因（rules/causes.toml）", "Causes (rules/causes.toml)")),
        ("opinions", keys::OPINIONS, text!("意見（rules/opinions.toml）", "Opinions (rules/opinions.toml)")),
    ]
}

/// What can be asked for.
pub const NAMES: [&str; 5] = ["plan", "sheet", "scenario", "causes", "opinions"];

/// The schema of a kind of file, ready to be written; absent if there is no such kind.
pub fn render(name: &str, language: Language) -> Option<String> {
    let (_, keys, title) = files().into_iter().find(|(known, ..)| *known == name)?;
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(title.get(language)));
    schema.extend(table(keys, language));
    Some(pretty(&Value::Object(schema)))
}

fn table(keys: &[Key], language: Language) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), described(key, language))).collect();
    schema.insert("properties".to_owned(), Value::Object(properties));
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn described(key: &Key, language: Language) -> Value {
    let description = match language {
        Language::Japanese => key.ja,
        Language::English => key.en,
    };
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(description));
    schema.extend(of(&key.shape, language));
    Value::Object(schema)
}

fn of(shape: &Shape, language: Language) -> Map<String, Value> {
    let value = match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Whole(least, None) => json!({ "type": "integer", "minimum": least }),
        Shape::Whole(least, Some(most)) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Year => json!({ "type": ["string", "integer"] }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::List(item, None) => json!({ "type": "array", "items": of(item, language) }),
        Shape::List(item, Some(count)) => {
            json!({ "type": "array", "items": of(item, language), "minItems": count, "maxItems": count })
        }
        Shape::Any(shapes) => json!({ "anyOf": shapes.iter().map(|shape| Value::Object(of(shape, language))).collect::<Vec<_>>() }),
        Shape::Table(keys) => return table(keys, language),
        Shape::Open(kind, item, keys) => return open(*kind, item, keys, language),
    };
    value.as_object().cloned().unwrap_or_default()
}

/// A table with names, years or numbers as keys: years have a digit (or 元), numbers nothing else.
fn open(kind: Kind, item: &Shape, keys: &[Key], language: Language) -> Map<String, Value> {
    let mut schema = table(keys, language);
    let pattern = match kind {
        Kind::Names => {
            schema.insert("additionalProperties".to_owned(), Value::Object(of(item, language)));
            return schema;
        }
        Kind::Years => "[0-9０-９元]",
        Kind::Numbers => "^[-+]?[0-9.]+$",
    };
    schema.insert("patternProperties".to_owned(), json!({ pattern: of(item, language) }));
    schema
}
