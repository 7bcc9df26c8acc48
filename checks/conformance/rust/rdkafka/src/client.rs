//! What every client begins with.
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use verbs::{Options, Outcome};

/// How long a question may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn config(options: &Options) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", options.text("bootstrap").unwrap_or_default());
    config.set("reconnect.backoff.max.ms", "500"); // a broker that comes back is to be found at once
    config
}

pub fn every_partition(consumer: &BaseConsumer, topic: &str, offset: Offset) -> Outcome<TopicPartitionList> {
    let mut list = TopicPartitionList::new();
    for found in consumer.fetch_metadata(Some(topic), PATIENCE)?.topics() {
        for partition in found.partitions() {
            list.add_partition_offset(topic, partition.id(), offset)?;
        }
    }
    Ok(list)
}
