//! What librdkafka has to say goes to stderr, and so into the scenario's log.
use log::{LevelFilter, Log, Metadata, Record};

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, _: &Metadata) -> bool {
        true
    }

    fn log(&self, record: &Record) {
        eprintln!("{} {}", record.level(), record.args());
    }

    fn flush(&self) {}
}

/// To be called before any client is made: clients take their level from here.
pub fn install() {
    log::set_max_level(LevelFilter::Warn);
    log::set_logger(&Stderr).expect("no logger is set before");
}
