//! Records between the verbs and rskafka, which has one header a name and no null in headers.
use chrono::{TimeZone, Utc};
use rskafka::record;
use verbs::Record;

pub fn outgoing(record: Record) -> record::Record {
    let timestamp = record.timestamp.and_then(|millis| Utc.timestamp_millis_opt(millis).single());
    record::Record {
        key: record.key,
        value: record.value,
        headers: record.headers.into_iter().map(|(name, value)| (name, value.unwrap_or_default())).collect(),
        timestamp: timestamp.unwrap_or_else(Utc::now),
    }
}

pub fn incoming(record: record::Record) -> Record {
    Record {
        partition: None,
        key: record.key,
        value: record.value,
        headers: record.headers.into_iter().map(|(name, value)| (name, Some(value))).collect(),
        timestamp: Some(record.timestamp.timestamp_millis()),
    }
}
