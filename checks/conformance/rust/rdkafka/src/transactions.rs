//! Transactions: steps that the scenario tells, and copying with the group's offsets along.
use std::io;
use std::thread;
use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::Message;
use serde_json::{json, Value};
use verbs::{emit, parse_record, Options, Outcome};

use crate::client::{config, PATIENCE};
use crate::consume::joined;
use crate::produce::{outgoing, producer, Reports};

fn transactional(options: &Options) -> Outcome<BaseProducer<Reports>> {
    let mut config = config(options);
    config.set("transactional.id", options.text("id").unwrap_or_default());
    config.set("transaction.timeout.ms", options.number("timeout_ms").unwrap_or(60_000).to_string());
    producer(&config, Reports(|_| ()))
}

/// A step for each line of stdin: its name and, for some, records.
pub fn transact(options: &Options) -> Outcome {
    let producer = transactional(options)?;
    for line in io::stdin().lines() {
        let step: Value = serde_json::from_str(&line?)?;
        match take(&producer, options.topic(), &step) {
            Ok(()) => emit(json!({"done": step[0]})),
            Err(error) => emit(json!({"error": error.to_string()})),
        }
    }
    Ok(())
}

fn take(producer: &BaseProducer<Reports>, topic: &str, step: &Value) -> Outcome {
    match step[0].as_str() {
        Some("init") => producer.init_transactions(PATIENCE)?,
        Some("begin") => producer.begin_transaction()?,
        Some("send") => {
            for record in step[1].as_array().into_iter().flatten() {
                producer.send(outgoing(topic, &parse_record(record)?)).map_err(|(error, _)| error)?;
            }
            producer.flush(PATIENCE)?;
        }
        Some("commit") => producer.commit_transaction(PATIENCE)?,
        Some("abort") => producer.abort_transaction(PATIENCE)?,
        _ => return Err(step.to_string().into()),
    }
    Ok(())
}

/// Copies a record in each transaction.
pub fn copy(options: &Options) -> Outcome {
    let producer = transactional(options)?;
    producer.init_transactions(PATIENCE)?;
    let consumer = joined(options)?;
    let target = options.text("target").unwrap_or_default();
    let mut left = options.count();
    while left > 0 {
        let Some(message) = consumer.poll(Duration::from_millis(500)) else { continue };
        let message = message?;
        let value = [message.payload().unwrap_or_default(), b"!"].concat();
        producer.begin_transaction()?;
        producer
            .send(BaseRecord::<(), _>::to(target).partition(message.partition()).payload(&value))
            .map_err(|(error, _)| error)?;
        let member = consumer.group_metadata().ok_or("the consumer is in no group")?;
        producer.send_offsets_to_transaction(&consumer.position()?, &member, PATIENCE)?;
        producer.flush(PATIENCE)?;
        if options.flag("hold") {
            emit(json!({"open": 1}));
            thread::sleep(Duration::MAX);
        }
        producer.commit_transaction(PATIENCE)?;
        emit(json!({"copied": 1}));
        left -= 1;
    }
    Ok(())
}
