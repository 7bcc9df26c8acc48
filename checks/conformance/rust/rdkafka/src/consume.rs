//! Consuming: partitions that are assigned by hand, and members of a group.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::message::{BorrowedMessage, Headers};
use rdkafka::{Message, Offset, TopicPartitionList};
use serde_json::json;
use verbs::{emit, emit_place, emit_record, Options, Outcome, Record, Start};

use crate::client::{config, every_partition, PATIENCE};

pub fn consume(options: &Options) -> Outcome {
    let mut config = config(options);
    config.set("group.id", "unused"); // librdkafka assigns nothing to a consumer without one
    config.set("enable.auto.commit", "false");
    config.set("isolation.level", options.text("isolation").unwrap_or("read_committed"));
    if let Some(size) = options.number("fetch_bytes") {
        config.set("fetch.message.max.bytes", size.to_string());
    }
    let consumer: BaseConsumer = config.create()?;
    consumer.assign(&positions(&consumer, options)?)?;
    emit(json!({"ready": true}));
    let mut left = options.count();
    while left > 0 {
        if let Some(message) = consumer.poll(Duration::from_secs(1)) {
            let message = message?;
            emit_record(message.partition(), message.offset(), &incoming(&message));
            left -= 1;
        }
    }
    Ok(())
}

fn positions(consumer: &BaseConsumer, options: &Options) -> Outcome<TopicPartitionList> {
    let every = |offset| every_partition(consumer, options.topic(), offset);
    match options.start() {
        Start::Earliest => every(Offset::Beginning),
        Start::Latest => every(Offset::End),
        Start::Offset(offset) => every(Offset::Offset(offset)),
        Start::Timestamp(millis) => Ok(consumer.offsets_for_times(every(Offset::Offset(millis))?, PATIENCE)?),
    }
}

fn incoming(message: &BorrowedMessage) -> Record {
    let headers = message.headers().into_iter().flat_map(|headers| headers.iter());
    Record {
        partition: Some(message.partition()),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().map(<[u8]>::to_vec),
        headers: headers.map(|each| (each.key.to_string(), each.value.map(<[u8]>::to_vec))).collect(),
        timestamp: message.timestamp().to_millis(),
    }
}

pub fn member(options: &Options) -> Outcome {
    let stop = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGTERM, stop.clone())?;
    let consumer = joined(options)?;
    while !stop.load(Ordering::Relaxed) {
        read_a_while(&consumer);
        // An error says that there is nothing to commit, that the group moves on, or that the broker is away.
        let _ = consumer.commit_consumer_state(CommitMode::Sync);
    }
    Ok(()) // a consumer that is dropped leaves its group
}

pub fn joined(options: &Options) -> Outcome<BaseConsumer> {
    let mut config = config(options);
    config.set("group.id", options.text("group").unwrap_or_default());
    config.set("client.id", options.text("name").unwrap_or_default());
    config.set("auto.offset.reset", "earliest");
    config.set("enable.auto.commit", "false");
    config.set("session.timeout.ms", options.number("session_ms").unwrap_or(6000).to_string());
    config.set("heartbeat.interval.ms", "500");
    config.set("partition.assignment.strategy", options.text("assignor").unwrap_or("range"));
    if let Some(instance) = options.text("instance") {
        config.set("group.instance.id", instance);
    }
    let consumer: BaseConsumer = config.create()?;
    consumer.subscribe(&[options.topic()])?;
    Ok(consumer)
}

/// Reads for 200 ms; errors are logged by librdkafka, which recovers from them by itself.
fn read_a_while(consumer: &BaseConsumer) {
    let end = Instant::now() + Duration::from_millis(200);
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        if let Some(Ok(message)) = consumer.poll(left) {
            emit_place(message.partition(), message.offset());
        }
    }
}
