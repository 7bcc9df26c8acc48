use crate::Outcome;
use serde_json::Value;

/// The options of a verb; one that is absent and one that is null are the same.
pub struct Options(Value);

/// Where a consumer begins.
pub enum Start {
    Earliest,
    Latest,
    Offset(i64),
    Timestamp(i64),
}

impl Options {
    pub(crate) fn parse(text: &str) -> Outcome<Options> {
        Ok(Options(serde_json::from_str(text)?))
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0[name].as_str()
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.0[name].as_i64()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.0[name].as_bool().unwrap_or_default()
    }

    pub fn topic(&self) -> &str {
        self.text("topic").unwrap_or_default()
    }

    /// How many records there are to read or to write.
    pub fn count(&self) -> i64 {
        self.number("count").unwrap_or_default()
    }

    pub fn start(&self) -> Start {
        let from = &self.0["from"];
        match (from.as_str(), from["offset"].as_i64(), from["timestamp"].as_i64()) {
            (Some("latest"), _, _) => Start::Latest,
            (_, Some(offset), _) => Start::Offset(offset),
            (_, _, Some(millis)) => Start::Timestamp(millis),
            _ => Start::Earliest,
        }
    }
}
