//! Records between JSON, where bytes are base64, and rskafka.
use std::{collections::BTreeMap, error::Error, io};

use base64::{prelude::BASE64_STANDARD, Engine};
use chrono::{TimeZone, Utc};
use rskafka::record::{Record, RecordAndOffset};
use serde_json::{json, Value};

/// The records on stdin, by partition.
pub fn read_records() -> Result<BTreeMap<i32, Vec<Record>>, Box<dyn Error>> {
    let mut found: BTreeMap<i32, Vec<Record>> = BTreeMap::new();
    for line in io::stdin().lines() {
        let json: Value = serde_json::from_str(&line?)?;
        let partition = json["partition"].as_i64().unwrap_or(0) as i32;
        found.entry(partition).or_default().push(record(&json)?);
    }
    Ok(found)
}

fn record(json: &Value) -> Result<Record, Box<dyn Error>> {
    let mut headers = BTreeMap::new();
    for pair in json["headers"].as_array().into_iter().flatten() {
        headers.insert(pair[0].as_str().unwrap_or_default().to_string(), bytes(&pair[1])?.unwrap_or_default());
    }
    let timestamp = json["timestamp"].as_i64().and_then(|millis| Utc.timestamp_millis_opt(millis).single());
    let timestamp = timestamp.unwrap_or_else(Utc::now);
    Ok(Record { key: bytes(&json["key"])?, value: bytes(&json["value"])?, headers, timestamp })
}

fn bytes(json: &Value) -> Result<Option<Vec<u8>>, base64::DecodeError> {
    json.as_str().map(|text| BASE64_STANDARD.decode(text)).transpose()
}

pub fn emit_record(partition: i32, read: RecordAndOffset) {
    let text = |data: Option<Vec<u8>>| data.map(|data| BASE64_STANDARD.encode(data));
    let record = read.record;
    let headers: Vec<Value> = record.headers.into_iter().map(|(name, value)| json!([name, text(Some(value))])).collect();
    println!(
        "{}",
        json!({"partition": partition, "offset": read.offset, "key": text(record.key), "value": text(record.value),
               "headers": headers, "timestamp": record.timestamp.timestamp_millis()})
    );
}
