//! Records as JSON, where bytes are base64.
use std::io;

use crate::{emit, Outcome};
use base64::{prelude::BASE64_STANDARD, DecodeError, Engine};
use serde_json::{json, Value};

pub struct Record {
    /// Where it is to go; the client chooses when there is none.
    pub partition: Option<i32>,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    pub timestamp: Option<i64>,
}

/// The records on stdin.
pub fn read_records() -> Outcome<Vec<Record>> {
    io::stdin().lines().map(|line| parse_record(&serde_json::from_str(&line?)?)).collect()
}

pub fn parse_record(json: &Value) -> Outcome<Record> {
    let mut headers = vec![];
    for pair in json["headers"].as_array().into_iter().flatten() {
        headers.push((pair[0].as_str().unwrap_or_default().to_string(), decoded(&pair[1])?));
    }
    Ok(Record {
        partition: json["partition"].as_i64().map(|number| number as i32),
        key: decoded(&json["key"])?,
        value: decoded(&json["value"])?,
        headers,
        timestamp: json["timestamp"].as_i64(),
    })
}

pub fn emit_place(partition: i32, offset: i64) {
    emit(json!({"partition": partition, "offset": offset}));
}

pub fn emit_record(partition: i32, offset: i64, record: &Record) {
    let headers: Vec<Value> = record.headers.iter().map(|(name, value)| json!([name, encoded(value)])).collect();
    emit(json!({"partition": partition, "offset": offset, "key": encoded(&record.key), "value": encoded(&record.value),
                "headers": headers, "timestamp": record.timestamp}));
}

fn decoded(json: &Value) -> Result<Option<Vec<u8>>, DecodeError> {
    json.as_str().map(|text| BASE64_STANDARD.decode(text)).transpose()
}

fn encoded(data: &Option<Vec<u8>>) -> Option<String> {
    data.as_ref().map(|data| BASE64_STANDARD.encode(data))
}
