//! rskafka: a verb and its options in, lines of JSON out (conformance/README.md has the verbs).
mod records;

use std::{error::Error, sync::Arc, time::Duration};

use chrono::{TimeZone, Utc};
use records::{emit_record, read_records};
use rskafka::client::{
    partition::{Compression, OffsetAt, PartitionClient, UnknownTopicHandling},
    Client, ClientBuilder,
};
use rskafka::record::Record;
use serde_json::{json, Value};

type Outcome = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().collect();
    let options: Value = serde_json::from_str(&words[2]).expect("options in JSON");
    let outcome = match words[1].as_str() {
        "features" => features(),
        "metadata" => metadata(&options).await,
        "create" => create(&options).await,
        "delete" => delete(&options).await,
        "produce" => produce(&options).await,
        "consume" => consume(&options).await,
        "stream" => stream(&options).await,
        other => {
            println!("{}", json!({"na": format!("rskafka has no {other}")}));
            Ok(())
        }
    };
    if let Err(error) = outcome {
        println!("{}", json!({"error": error.to_string()}));
    }
}

fn features() -> Outcome {
    println!(
        "{}",
        json!({"codecs": ["gzip", "snappy", "lz4", "zstd"], "assignors": {}, "lacks": {
            "groups": "rskafka has no consumer groups",
            "idempotent": "rskafka has no idempotent producer",
            "acks-0": "rskafka always asks for acks=all", "acks-1": "rskafka always asks for acks=all",
            "null-headers": "rskafka has no null in headers",
            "reads-null-headers": "rskafka refuses records that have a null in headers",
            "repeated-headers": "rskafka keeps one header a name",
            "brokers": "rskafka does not show the brokers"}})
    );
    Ok(())
}

async fn client(options: &Value) -> Result<Client, Box<dyn Error>> {
    let mut builder = ClientBuilder::new(vec![text(options, "bootstrap")]);
    if let Some(size) = options["max_bytes"].as_u64() {
        builder = builder.max_message_size(size as usize);
    }
    Ok(builder.build().await?)
}

fn text(options: &Value, name: &str) -> String {
    options[name].as_str().unwrap_or_default().to_string()
}

async fn partition(client: &Client, options: &Value, number: i32) -> Result<Arc<PartitionClient>, Box<dyn Error>> {
    let partition = client.partition_client(text(options, "topic"), number, UnknownTopicHandling::Retry);
    Ok(Arc::new(partition.await?))
}

async fn partitions(client: &Client, options: &Value) -> Result<usize, Box<dyn Error>> {
    let topics = client.list_topics().await?;
    let found = topics.iter().find(|topic| topic.name == text(options, "topic"));
    Ok(found.map_or(0, |topic| topic.partitions.len()))
}

async fn metadata(options: &Value) -> Outcome {
    println!("{}", json!({"partitions": partitions(&client(options).await?, options).await?}));
    Ok(())
}

async fn create(options: &Value) -> Outcome {
    let count = options["partitions"].as_i64().unwrap_or(1) as i32;
    let controller = client(options).await?.controller_client()?;
    Ok(controller.create_topic(text(options, "topic"), count, 1, 5000).await?)
}

async fn delete(options: &Value) -> Outcome {
    let controller = client(options).await?.controller_client()?;
    Ok(controller.delete_topic(text(options, "topic"), 5000).await?)
}

fn compression(options: &Value) -> Compression {
    match options["codec"].as_str() {
        Some("gzip") => Compression::Gzip,
        Some("snappy") => Compression::Snappy,
        Some("lz4") => Compression::Lz4,
        Some("zstd") => Compression::Zstd,
        _ => Compression::NoCompression,
    }
}

async fn produce(options: &Value) -> Outcome {
    let client = client(options).await?;
    for (number, batch) in read_records()? {
        let offsets = partition(&client, options, number).await?.produce(batch, compression(options)).await?;
        for offset in offsets {
            println!("{}", json!({"partition": number, "offset": offset}));
        }
    }
    Ok(())
}

async fn consume(options: &Value) -> Outcome {
    let client = client(options).await?;
    let mut left = options["count"].as_u64().unwrap_or(0) as usize;
    let mut readers = vec![];
    for number in 0..partitions(&client, options).await? as i32 {
        let reader = partition(&client, options, number).await?;
        let next = start(&reader, &options["from"]).await?;
        readers.push((number, reader, next));
    }
    println!("{}", json!({"ready": true}));
    let fetch_bytes = options["fetch_bytes"].as_i64().unwrap_or(4_000_000) as i32;
    while left > 0 {
        for (number, reader, next) in readers.iter_mut() {
            let (records, _) = reader.fetch_records(*next, 1..fetch_bytes + 1, 100).await?;
            for each in records.into_iter().filter(|each| each.offset >= *next).take(left).collect::<Vec<_>>() {
                *next = each.offset + 1;
                left -= 1;
                emit_record(*number, each);
            }
        }
    }
    Ok(())
}

async fn start(reader: &PartitionClient, from: &Value) -> Result<i64, Box<dyn Error>> {
    if let Some(offset) = from["offset"].as_i64() {
        return Ok(offset);
    }
    let at = match (from.as_str(), from["timestamp"].as_i64()) {
        (Some("latest"), _) => OffsetAt::Latest,
        (_, Some(millis)) => OffsetAt::Timestamp(Utc.timestamp_millis_opt(millis).unwrap()),
        _ => OffsetAt::Earliest,
    };
    Ok(reader.get_offset(at).await?)
}

async fn stream(options: &Value) -> Outcome {
    let client = client(options).await?;
    let target = partition(&client, options, 0).await?;
    for number in 0..options["count"].as_i64().unwrap_or(0) {
        let value = Some(number.to_string().into_bytes());
        let record = Record { key: None, value, headers: Default::default(), timestamp: Utc::now() };
        target.produce(vec![record], Compression::NoCompression).await?;
        println!("{}", json!({"acked": 1}));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}
