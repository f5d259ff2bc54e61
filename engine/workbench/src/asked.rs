//! A request as the views read it: query, body, language.

use std::collections::BTreeMap;

use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;
use serde::de::DeserializeOwned;

use crate::refused::Refused;

/// What was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// The query's keys.
    pub(crate) query: BTreeMap<String, String>,
    /// The body, at most as long as the door lets in.
    pub(crate) body: Vec<u8>,
    /// The language of the answer.
    pub(crate) language: Language,
}

impl Asked {
    /// A key of the query; empty if it is not there.
    pub(crate) fn query(&self, key: &str) -> &str {
        self.query.get(key).map_or("", String::as_str)
    }

    /// The body as a value.
    ///
    /// # Errors
    /// It is not the JSON that is expected; the sentence says where.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        serde_json::from_slice(&self.body).map_err(|fault| {
            Refused::bad(
                text!("依頼の本文を読めません: {fault}", "the body cannot be read: {fault}"),
                text!("docs/workbench_api.md の形の JSON を送ってください。", "send JSON as docs/workbench_api.md describes"),
            )
        })
    }
}
