"""Scenarios without groups: topics, producing, consuming, what a record may be."""
import os
import re
import time

import broker
from program import ClientError, decoded, encoded, expect, record, topic

# Yesterday's: records that are older than retention.ms go, whenever the broker next looks.
BASE_TIME = (int(time.time()) // 86_400 - 1) * 86_400_000
TOO_LARGE = re.compile(r"too[ _]?large|larger than the max message size the server will accept", re.I)
OWN_LIMIT = re.compile(r"when serialized|configured", re.I)  # the client itself refused, and asked no broker
RECORD_FEATURES = ("headers", "repeated-headers", "null-headers", "empty-or-null", "binary")
EXISTS = re.compile(r"already[ _]?exists|\b36\b|TopicAlreadyExists", re.I)


def metadata(program):
    name = broker.create(topic("t"), 3)
    answer = program.ask("metadata", topic=name)[0]
    host, port = os.environ["BOOTSTRAP"].rsplit(":", 1)
    expect("partitions", 3, answer["partitions"])
    if not program.has("brokers"):
        return [program.features["lacks"]["brokers"]]
    expect("brokers", [{"id": 0, "host": host, "port": int(port)}], answer["brokers"])
    return []


def topic_admin(program):
    program.needs("admin")
    name = topic("t")
    program.ask("create", topic=name, partitions=4)
    expect("partitions seen by REST", 4, len(broker.rest(f"topics/{name}")["partitions"]))
    if program.has("describe"):
        _expect_described(program, name)
    try:
        program.ask("create", topic=name, partitions=4)
        raise AssertionError("a topic could be created twice")
    except ClientError as error:
        if not EXISTS.search(str(error)):
            raise AssertionError(f"creating a topic twice: {error}") from None
    program.ask("delete", topic=name)
    expect("the deleted topic", None, broker.rest(f"topics/{name}"))
    return [] if program.has("describe") else [program.features["lacks"]["describe"]]


def _expect_described(program, name):
    expect("description", [{"partition": number, "leader": 0, "replicas": [0], "isr": [0]} for number in range(4)],
           sorted(program.ask("describe", topic=name)[0]["partitions"], key=lambda each: each["partition"]))


def acks(program):
    lacking = []
    for mode in ("0", "1", "all"):
        if not program.has(f"acks-{mode}"):
            lacking.append(program.features["lacks"][f"acks-{mode}"])
            continue
        name = broker.create(topic(mode), 1)
        program.ask("produce", [record(f"{mode}-{i}") for i in range(20)], topic=name, acks=mode)
        _await_total(name, 20)
        expect(f"values with acks={mode}", [f"{mode}-{i}" for i in range(20)], [v for _, v in broker.stored(name)])
    return lacking


def special_records(program):
    """Keys and values that are null, empty, or no text; headers that repeat, are empty or null."""
    samples = [record("v"), record("v", key="k"), record(b"", key=b""), record(None, key="tombstone"),
               record("é漢😀", key="ключ"), record("x" * 70_000, key="long")]
    if program.has("binary"):
        samples.append(record(bytes(range(256)), key=bytes(range(255, -1, -1))))
    if program.has("headers"):
        samples += [record("h", headers=[("a", "1"), ("b", "")]), record("h", headers=[("é", "漢".encode())])]
    if program.has("headers") and program.has("repeated-headers"):
        samples.append(record("h", headers=[("a", "1"), ("a", "2"), ("b", "3")]))
    if program.has("headers") and program.has("null-headers"):
        samples.append(record("h", headers=[("none", None)]))
    if program.has("timestamps"):
        samples = [{**each, "timestamp": BASE_TIME + i} for i, each in enumerate(samples)]
    return samples


def records(program):
    name = broker.create(topic("t"), 1)
    samples = special_records(program)
    program.ask("produce", samples, topic=name, acks="1")
    compare(program, samples, program.ask("consume", topic=name, **{"from": "earliest", "count": len(samples)}))
    return [program.features["lacks"][what] for what in RECORD_FEATURES if not program.has(what)]


def compare(program, expected, actual):
    """Compares field by field; what the client does not show is left out."""
    expect("number of records", len(expected), len(actual))
    for number, (want, got) in enumerate(zip(expected, actual)):
        for field in ("key", "value"):
            expect(f"{field} of record {number}", shown(program, want[field]), shown(program, got[field]))
        if program.has("headers"):
            expect(f"headers of record {number}", shown_headers(program, want["headers"]),
                   shown_headers(program, got["headers"]))
        if want.get("timestamp") is not None and got.get("timestamp") is not None:
            expect(f"timestamp of record {number}", want["timestamp"], got["timestamp"])


def shown(program, data):
    return data if program.has("empty-or-null") else data or None


def shown_headers(program, headers):
    exact = program.has("reads-null-headers") and program.has("empty-or-null")
    headers = [[name, value if exact else value or ""] for name, value in headers]
    return headers if program.has("repeated-headers") else dict(headers)


def codecs(program):
    name, samples, batches = broker.create(topic("t"), 1), [], 0
    for codec in program.features["codecs"]:
        produced = [record(f"{codec} {i} " * 50, key=f"k{i}") for i in range(100)]
        program.ask("produce", produced, topic=name, acks="all", codec=codec)
        stored = [each.codec for each in broker.batches(name)]
        expect(f"codecs of what was produced with {codec}", {codec}, set(stored[batches:]))
        samples, batches = samples + produced, len(stored)
    compare(program, samples, program.ask("consume", topic=name, **{"from": "earliest", "count": len(samples)}))
    return [program.features["lacks"].get(f"codec-{codec}", f"the client has no {codec}")
            for codec in broker.CODECS[1:] if codec not in program.features["codecs"]]


def start_positions(program):
    name = broker.create(topic("t"), 1)
    dated = program.has("timestamps")
    samples = [record(f"v{i}", timestamp=BASE_TIME + i * 1000 if dated else None) for i in range(20)]
    offsets = [answer["offset"] for half in (samples[:8], samples[8:])
               for answer in program.ask("produce", half, topic=name, acks="1")]
    expect("offsets told to the producer", list(range(20)), offsets)
    _expect_from(program, name, "earliest", 20, 0)
    _expect_from(program, name, {"offset": 13}, 7, 13)
    between = BASE_TIME + 7500 if dated else broker.timestamp(name, 8)
    _expect_from(program, name, {"timestamp": between}, 12, 8)
    if dated:
        _expect_from(program, name, {"timestamp": BASE_TIME + 12_500}, 7, 13)  # in the midst of a batch
    _expect_latest(program, name)


def _expect_from(program, name, start, count, first):
    got = program.ask("consume", topic=name, **{"from": start, "count": count})
    expect(f"values from {start}", [f"v{i}" for i in range(first, first + count)],
           [decoded(each["value"]).decode() for each in got])
    expect(f"offsets from {start}", list(range(first, first + count)), [each["offset"] for each in got])


def _expect_latest(program, name):
    reader = program.start("consume", topic=name, **{"from": "latest", "count": 1})
    expect("the reader's first line", {"ready": True}, reader.next())
    deadline = time.monotonic() + 20
    while not reader.lines[1:] and time.monotonic() < deadline:  # ready may come before the position is known
        broker.write(name, 0, ["new"])
        time.sleep(0.2)
    got = reader.next()
    expect("value from latest", encoded("new"), got["value"])


def idempotent(program):
    program.needs("idempotent")
    name = broker.create(topic("t"), 1)
    samples = [record(f"v{i}", key="k") for i in range(500)]
    program.ask("produce", samples, topic=name, acks="all", idempotent=True)
    expect("values", [f"v{i}" for i in range(500)], [value for _, value in broker.stored(name)])
    producers = {batch.producer_id for batch in broker.batches(name)}
    expect("one producer's id in all batches", (1, True), (len(producers), min(producers) >= 0))


def large_messages(program):
    name = broker.create(topic("t"), 1)
    large = os.urandom(675_000).hex()[:900_000]
    program.ask("produce", [record(large, key="large")], topic=name, acks="all", max_bytes=4_000_000)
    got = program.ask("consume", topic=name, **{"from": "earliest", "count": 1})
    expect("the large value comes back", True, decoded(got[0]["value"]) == large.encode())
    try:
        program.ask("produce", [record(large * 2)], topic=name, acks="all", max_bytes=4_000_000)
        raise AssertionError("1.8 MB were not refused")
    except ClientError as error:
        if not TOO_LARGE.search(str(error)) or OWN_LIMIT.search(str(error)):
            raise AssertionError(f"1.8 MB were refused as: {error}") from None
    expect("records stored", 1, broker.total(name))


def fifty_partitions(program):
    name = topic("t")
    if program.has("admin"):
        program.ask("create", topic=name, partitions=50)
    else:
        broker.create(name, 50)
    expect("partitions", 50, program.ask("metadata", topic=name)[0]["partitions"])
    samples = [record(f"v{i}", partition=i % 50) for i in range(150)]
    program.ask("produce", samples, topic=name, acks="all")
    expect("records in each partition", {partition: 3 for partition in range(50)}, broker.ends(name))
    got = program.ask("consume", topic=name, **{"from": "earliest", "count": 150})
    expect("values", sorted((i % 50, f"v{i}") for i in range(150)),
           sorted((each["partition"], decoded(each["value"]).decode()) for each in got))


def _await_total(name, count):
    deadline = time.monotonic() + 10
    while broker.total(name) != count:
        if time.monotonic() > deadline:
            expect("records stored", count, broker.total(name))
        time.sleep(0.05)


SCENARIOS = {"metadata": metadata, "topic-admin": topic_admin, "acks": acks, "records": records, "codecs": codecs,
             "start-positions": start_positions, "idempotent": idempotent, "large-messages": large_messages,
             "fifty-partitions": fifty_partitions}
