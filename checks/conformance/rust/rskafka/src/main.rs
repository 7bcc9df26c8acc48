//! rskafka: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs).
mod records;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chrono::{TimeZone, Utc};
use records::{incoming, outgoing};
use rskafka::client::{
    partition::{Compression, OffsetAt, PartitionClient, UnknownTopicHandling},
    Client, ClientBuilder,
};
use rskafka::record::Record;
use serde_json::json;
use verbs::{emit, emit_place, emit_record, read_records, Options, Outcome, Start};

#[tokio::main]
async fn main() {
    verbs::finish(answer().await);
}

async fn answer() -> Outcome {
    let (verb, options) = verbs::call()?;
    match verb.as_str() {
        "features" => features(),
        "metadata" => metadata(&options).await,
        "create" => create(&options).await,
        "delete" => delete(&options).await,
        "produce" => produce(&options).await,
        "consume" => consume(&options).await,
        "stream" => stream(&options).await,
        other => verbs::lacks("rskafka", other),
    }
}

fn features() -> Outcome {
    emit(json!({"codecs": ["gzip", "snappy", "lz4", "zstd"], "assignors": {}, "lacks": {
        "groups": "rskafka has no consumer groups",
        "idempotent": "rskafka has no idempotent producer",
        "transactions": "rskafka has no transactions",
        "reads-transactions": "rskafka takes a control record's length for its version, and reads nothing of its batch",
        "acks-0": "rskafka always asks for acks=all", "acks-1": "rskafka always asks for acks=all",
        "null-headers": "rskafka has no null in headers",
        "reads-null-headers": "rskafka refuses records that have a null in headers",
        "repeated-headers": "rskafka keeps one header a name",
        "brokers": "rskafka does not show the brokers",
        "describe": "rskafka does not show where a partition is"}}));
    Ok(())
}

async fn client(options: &Options) -> Outcome<Client> {
    let mut builder = ClientBuilder::new(vec![options.text("bootstrap").unwrap_or_default().to_string()]);
    if let Some(size) = options.number("max_bytes") {
        builder = builder.max_message_size(size as usize);
    }
    Ok(builder.build().await?)
}

async fn partition(client: &Client, options: &Options, number: i32) -> Outcome<Arc<PartitionClient>> {
    let partition = client.partition_client(options.topic(), number, UnknownTopicHandling::Retry);
    Ok(Arc::new(partition.await?))
}

async fn partitions(client: &Client, options: &Options) -> Outcome<usize> {
    let topics = client.list_topics().await?;
    let found = topics.iter().find(|topic| topic.name == options.topic());
    Ok(found.map_or(0, |topic| topic.partitions.len()))
}

async fn metadata(options: &Options) -> Outcome {
    emit(json!({"partitions": partitions(&client(options).await?, options).await?}));
    Ok(())
}

async fn create(options: &Options) -> Outcome {
    let count = options.number("partitions").unwrap_or(1) as i32;
    let controller = client(options).await?.controller_client()?;
    Ok(controller.create_topic(options.topic(), count, 1, 5000).await?)
}

async fn delete(options: &Options) -> Outcome {
    let controller = client(options).await?.controller_client()?;
    Ok(controller.delete_topic(options.topic(), 5000).await?)
}

fn compression(options: &Options) -> Compression {
    match options.text("codec") {
        Some("gzip") => Compression::Gzip,
        Some("snappy") => Compression::Snappy,
        Some("lz4") => Compression::Lz4,
        Some("zstd") => Compression::Zstd,
        _ => Compression::NoCompression,
    }
}

async fn produce(options: &Options) -> Outcome {
    let client = client(options).await?;
    let mut batches: BTreeMap<i32, Vec<Record>> = BTreeMap::new();
    for record in read_records()? {
        batches.entry(record.partition.unwrap_or(0)).or_default().push(outgoing(record));
    }
    for (number, batch) in batches {
        let offsets = partition(&client, options, number).await?.produce(batch, compression(options)).await?;
        for offset in offsets {
            emit_place(number, offset);
        }
    }
    Ok(())
}

async fn consume(options: &Options) -> Outcome {
    let client = client(options).await?;
    let mut left = options.count() as usize;
    let mut readers = vec![];
    for number in 0..partitions(&client, options).await? as i32 {
        let reader = partition(&client, options, number).await?;
        let next = start(&reader, options).await?;
        readers.push((number, reader, next));
    }
    emit(json!({"ready": true}));
    let fetch_bytes = options.number("fetch_bytes").unwrap_or(4_000_000) as i32;
    while left > 0 {
        for (number, reader, next) in readers.iter_mut() {
            let (records, _) = reader.fetch_records(*next, 1..fetch_bytes + 1, 100).await?;
            for each in records.into_iter().filter(|each| each.offset >= *next).take(left).collect::<Vec<_>>() {
                *next = each.offset + 1;
                left -= 1;
                emit_record(*number, each.offset, &incoming(each.record));
            }
        }
    }
    Ok(())
}

async fn start(reader: &PartitionClient, options: &Options) -> Outcome<i64> {
    let at = match options.start() {
        Start::Offset(offset) => return Ok(offset),
        Start::Latest => OffsetAt::Latest,
        Start::Timestamp(millis) => OffsetAt::Timestamp(Utc.timestamp_millis_opt(millis).unwrap()),
        Start::Earliest => OffsetAt::Earliest,
    };
    Ok(reader.get_offset(at).await?)
}

async fn stream(options: &Options) -> Outcome {
    let client = client(options).await?;
    let target = partition(&client, options, 0).await?;
    for number in 0..options.count() {
        let value = Some(number.to_string().into_bytes());
        let record = Record { key: None, value, headers: Default::default(), timestamp: Utc::now() };
        target.produce(vec![record], Compression::NoCompression).await?;
        emit(json!({"acked": 1}));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}
