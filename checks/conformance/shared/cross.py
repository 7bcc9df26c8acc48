"""What one library writes, every other reads: files of what was written lie between them."""
import itertools
import json
import os
from pathlib import Path

import broker
import transactions
from basics import BASE_TIME, compare, special_records
from program import Lacking, decoded, expect

LEVELS = ("read_committed", "read_uncommitted")


# What a client may not show of a record that it read.
SHOWN = {"headers": lambda record: record["headers"],
         "repeated-headers": lambda record: len({name for name, _ in record["headers"]}) < len(record["headers"]),
         "empty-or-null": lambda record: "" in [record["key"], record["value"], *[value for _, value in record["headers"]]]}


def cross_write(program, file):
    topic = broker.create(os.environ["CROSS_TOPIC"], 1)
    lines, batches = [], 0
    for codec, samples in _parts(program):
        if program.has("timestamps"):
            samples = [{**each, "timestamp": BASE_TIME + len(lines) + i} for i, each in enumerate(samples)]
        program.ask("produce", samples, topic=topic, acks="all", codec=codec)
        stored = {each.codec for each in broker.batches(topic)[batches:]}
        # Clients may leave a batch alone that compression makes no smaller.
        expect(f"codecs of what was produced with {codec}", {codec}, stored - {"none"} or stored)
        batches = len(broker.batches(topic))
        lines += [{**each, "codec": codec} for each in samples]
    if not program.has("timestamps"):
        lines = [{**each, "timestamp": broker.timestamp(topic, offset)} for offset, each in enumerate(lines)]
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
    if program.has("transactions"):
        _transactional(file).write_text(json.dumps(transactions.written(program, _transactional_topic())), encoding="utf-8")


def _transactional(file):
    """Lists what readers of each isolation level get from each partition of the topic with transactions."""
    return Path(f"{file}.transactions")


def _transactional_topic():
    return os.environ["CROSS_TOPIC"] + "-transactions"


def _parts(program):
    """(codec, records): what some readers lack comes last, zstd and then null headers, so that they can read the rest."""
    samples = special_records(program)
    ordinary = [each for each in samples if not _has_null_header(each)]
    codecs = sorted(["none", *program.features["codecs"]], key=broker.CODECS.index)
    parts = [(codec, ordinary) for codec in codecs]
    null_headers = [each for each in samples if _has_null_header(each)]
    return [*parts, ("none", null_headers)] if null_headers else parts


def _has_null_header(record):
    return any(value is None for _, value in record["headers"])


def cross_read(program, file):
    with open(file, encoding="utf-8") as lines:
        written = [json.loads(line) for line in lines]
    expected = list(itertools.takewhile(lambda each: not _obstacle(program, each), written))
    if not expected:
        raise Lacking(_obstacle(program, written[0]))
    whole = len(expected) == len(written)
    compare(program, expected, program.ask("consume", topic=os.environ["CROSS_TOPIC"],
                                           **{"from": "earliest", "count": len(expected)},
                                           **({} if whole else {"fetch_bytes": 1})))
    unread = [] if whole else [_obstacle(program, written[len(expected)])]
    unread += _read_transactions(program, _transactional(file))
    return unread + [program.features["lacks"][what] for what, has in SHOWN.items()
                     if not program.has(what) and any(has(each) for each in expected)]


def _read_transactions(program, file):
    if not file.exists():
        return []
    if not program.has("reads-transactions"):
        return [program.features["lacks"]["reads-transactions"]]
    expected = json.loads(file.read_text(encoding="utf-8"))
    for level in LEVELS:
        if level == "read_committed" and not program.has("isolation"):
            continue
        more = {"isolation": level} if program.has("isolation") else {}
        got = program.ask("consume", topic=_transactional_topic(), **more,
                          **{"from": "earliest", "count": sum(map(len, expected[level]))})
        for partition, values in enumerate(expected[level]):
            expect(f"{level} of partition {partition}", values,
                   [decoded(each["value"]).decode() for each in got if each["partition"] == partition])
    return [] if program.has("isolation") else [program.features["lacks"]["isolation"]]


def _obstacle(program, record):
    """What keeps this client from reading the record; None when nothing does."""
    readable = {"none", *program.features["codecs"], *program.features.get("reads", ())}
    if record["codec"] not in readable:
        return f"the client cannot read {record['codec']}"
    if _has_null_header(record) and not program.has("reads-null-headers"):
        return program.features["lacks"]["reads-null-headers"]
    return None


SCENARIOS = {"cross-write": cross_write, "cross-read": cross_read}
