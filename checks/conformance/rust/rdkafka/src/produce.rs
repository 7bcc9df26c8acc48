//! Producing: what is acknowledged is told by librdkafka's delivery reports.
use std::time::Duration;

use rdkafka::message::{BorrowedMessage, Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, DeliveryResult, Producer, ProducerContext};
use rdkafka::{ClientConfig, ClientContext, Message};
use serde_json::json;
use verbs::{emit, emit_place, read_records, Options, Outcome, Record};

use crate::client::config;

/// What is printed for a record that was acknowledged.
pub struct Reports(pub fn(&BorrowedMessage));

impl ClientContext for Reports {}

impl ProducerContext for Reports {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult, _: ()) {
        match result {
            Ok(message) => self.0(message),
            Err((error, _)) => emit(json!({"error": error.to_string()})),
        }
    }
}

pub fn producer(config: &ClientConfig, reports: Reports) -> Outcome<BaseProducer<Reports>> {
    Ok(config.create_with_context(reports)?)
}

pub fn produce(options: &Options) -> Outcome {
    let mut config = config(options);
    config.set("acks", options.text("acks").unwrap_or("all"));
    config.set("compression.type", options.text("codec").unwrap_or("none"));
    config.set("enable.idempotence", options.flag("idempotent").to_string());
    if let Some(size) = options.number("max_bytes") {
        config.set("message.max.bytes", size.to_string());
    }
    let producer = producer(&config, Reports(|message| emit_place(message.partition(), message.offset())))?;
    for record in read_records()? {
        producer.send(outgoing(options.topic(), &record)).map_err(|(error, _)| error)?;
        producer.poll(Duration::ZERO);
    }
    Ok(producer.flush(Duration::from_secs(30))?)
}

pub fn outgoing<'a>(topic: &'a str, record: &'a Record) -> BaseRecord<'a, Vec<u8>, Vec<u8>> {
    let headers = record.headers.iter().fold(OwnedHeaders::new(), |headers, (key, value)| {
        headers.insert(Header { key, value: value.as_ref() })
    });
    BaseRecord {
        topic,
        partition: record.partition,
        payload: record.value.as_ref(),
        key: record.key.as_ref(),
        timestamp: record.timestamp,
        headers: Some(headers),
        delivery_opaque: (),
    }
}

pub fn stream(options: &Options) -> Outcome {
    let reports = Reports(|_| emit(json!({"acked": 1})));
    let producer = producer(config(options).set("enable.idempotence", "true"), reports)?;
    for number in 0..options.count() {
        let value = number.to_string();
        producer.send(BaseRecord::<(), _>::to(options.topic()).payload(&value)).map_err(|(error, _)| error)?;
        producer.poll(Duration::from_millis(1));
    }
    Ok(producer.flush(Duration::from_secs(60))?)
}
