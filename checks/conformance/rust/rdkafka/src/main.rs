//! rdkafka, on librdkafka: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs).
mod admin;
mod client;
mod consume;
mod log_to_stderr;
mod produce;
mod transactions;

use serde_json::json;
use verbs::{emit, Outcome};

fn main() {
    log_to_stderr::install();
    verbs::finish(answer());
}

fn answer() -> Outcome {
    let (verb, options) = verbs::call()?;
    match verb.as_str() {
        "features" => features(),
        "metadata" => admin::metadata(&options),
        "create" => admin::create(&options),
        "describe" => admin::describe(&options),
        "delete" => admin::delete(&options),
        "produce" => produce::produce(&options),
        "stream" => produce::stream(&options),
        "consume" => consume::consume(&options),
        "transact" => transactions::transact(&options),
        "copy" => transactions::copy(&options),
        "member" => consume::member(&options),
        "list-groups" => admin::list_groups(&options),
        "describe-group" => admin::describe_group(&options),
        "group-offsets" => admin::group_offsets(&options),
        "delete-group" => admin::delete_group(&options),
        other => verbs::lacks("rdkafka", other),
    }
}

fn features() -> Outcome {
    emit(json!({"codecs": ["gzip", "snappy", "lz4", "zstd"], "lacks": {},
        "fenced": "fenced|Fenced|InvalidProducerEpoch", "assignors": {
        "range": "range", "roundrobin": "roundrobin", "cooperative-sticky": "cooperative-sticky"}}));
    Ok(())
}
