//! What the Rust programs share: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs).
mod options;
mod records;

use std::{env, error::Error};

pub use options::{Options, Start};
pub use records::{emit_place, emit_record, parse_record, read_records, Record};
use serde_json::{json, Value};

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The verb and its options, from the command line.
pub fn call() -> Outcome<(String, Options)> {
    let words: Vec<String> = env::args().collect();
    let [_, verb, options] = words.as_slice() else {
        return Err("called with a verb and its options in JSON".into());
    };
    Ok((verb.clone(), Options::parse(options)?))
}

pub fn emit(answer: Value) {
    println!("{answer}");
}

/// Tells what the client reported; whether it had to come is for the scenario to judge.
pub fn finish(outcome: Outcome) {
    if let Err(error) = outcome {
        emit(json!({"error": error.to_string()}));
    }
}

/// The answer to a verb that the client has nothing for.
pub fn lacks(client: &str, verb: &str) -> Outcome {
    emit(json!({"na": format!("{client} has no {verb}")}));
    Ok(())
}
