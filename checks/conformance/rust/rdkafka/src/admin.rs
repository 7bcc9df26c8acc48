//! Topics and groups.
use std::fmt::Display;

use futures_executor::block_on;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::Offset;
use serde_json::{json, Map, Value};
use verbs::{emit, Options, Outcome};

use crate::client::{config, every_partition, PATIENCE};

pub fn metadata(options: &Options) -> Outcome {
    let found = asking(options)?.fetch_metadata(Some(options.topic()), PATIENCE)?;
    let brokers: Vec<Value> = found
        .brokers()
        .iter()
        .map(|each| json!({"id": each.id(), "host": each.host(), "port": each.port()}))
        .collect();
    let partitions: usize = found.topics().iter().map(|topic| topic.partitions().len()).sum();
    emit(json!({"brokers": brokers, "partitions": partitions}));
    Ok(())
}

/// A client that asks questions only: it has no group.
fn asking(options: &Options) -> Outcome<BaseConsumer> {
    Ok(config(options).create()?)
}

fn admin(options: &Options) -> Outcome<AdminClient<DefaultClientContext>> {
    Ok(config(options).create()?)
}

pub fn create(options: &Options) -> Outcome {
    let partitions = options.number("partitions").unwrap_or(1) as i32;
    let topic = NewTopic::new(options.topic(), partitions, TopicReplication::Fixed(1));
    checked(block_on(admin(options)?.create_topics([&topic], &AdminOptions::new()))?)
}

pub fn describe(options: &Options) -> Outcome {
    let found = asking(options)?.fetch_metadata(Some(options.topic()), PATIENCE)?;
    let partitions: Vec<Value> = found
        .topics()
        .iter()
        .flat_map(|topic| topic.partitions())
        .map(|each| json!({"partition": each.id(), "leader": each.leader(), "replicas": each.replicas(), "isr": each.isr()}))
        .collect();
    emit(json!({"partitions": partitions}));
    Ok(())
}

pub fn delete(options: &Options) -> Outcome {
    checked(block_on(admin(options)?.delete_topics(&[options.topic()], &AdminOptions::new()))?)
}

/// An error if the answer for one of the names is one.
fn checked<E: Display>(results: Vec<Result<String, (String, E)>>) -> Outcome {
    results.into_iter().try_for_each(|each| each.map(drop).map_err(|(name, error)| format!("{name}: {error}").into()))
}

pub fn list_groups(options: &Options) -> Outcome {
    let found = asking(options)?.fetch_group_list(None, PATIENCE)?;
    let names: Vec<&str> = found.groups().iter().map(|group| group.name()).collect();
    emit(json!({"groups": names}));
    Ok(())
}

pub fn describe_group(options: &Options) -> Outcome {
    let found = asking(options)?.fetch_group_list(options.text("group"), PATIENCE)?;
    let group = found.groups().first().ok_or("there is no such group")?;
    let clients: Vec<&str> = group.members().iter().map(|member| member.client_id()).collect();
    emit(json!({"state": group.state(), "members": clients}));
    Ok(())
}

/// The committed offsets of the topic; rdkafka's admin client has no ListConsumerGroupOffsets, but a consumer may ask.
pub fn group_offsets(options: &Options) -> Outcome {
    let consumer: BaseConsumer = config(options).set("group.id", options.text("group").unwrap_or_default()).create()?;
    let asked = every_partition(&consumer, options.topic(), Offset::Invalid)?;
    let mut offsets = Map::new();
    for each in consumer.committed_offsets(asked, PATIENCE)?.elements() {
        if let Offset::Offset(offset) = each.offset() {
            offsets.insert(format!("{}-{}", each.topic(), each.partition()), json!(offset));
        }
    }
    emit(json!({"offsets": offsets}));
    Ok(())
}

pub fn delete_group(options: &Options) -> Outcome {
    let group = options.text("group").unwrap_or_default();
    checked(block_on(admin(options)?.delete_groups(&[group], &AdminOptions::new()))?)
}
