"""A topic is compacted again and again while it is written and read: every reader sees each key's last value, offsets only grow."""
import threading

import broker
from program import decoded, expect, record, topic

ROUNDS = 12
KEYS = 25
IN_A_ROUND = 200
PADDING = "x" * 400
EVERYTHING = 1_000_000  # more than there are: the reader is ended when it has seen the last one


def compacted_topic(program):
    name = broker.create(topic("t"), 1, {"cleanup.policy": "compact", "segment.bytes": "1048576"})
    last = {}
    reader = program.start("consume", topic=name, **{"from": "earliest"}, count=EVERYTHING)
    with Compaction(name) as compaction:
        for number in range(ROUNDS):
            records = [(f"key-{(number * 7 + i) % KEYS}", f"{number}-{i}-{PADDING}") for i in range(IN_A_ROUND)]
            program.ask("produce", [record(value, key=key) for key, value in records], topic=name, acks="all")
            last.update(records)
        compaction.again()
    program.ask("produce", [record("end", key="end")], topic=name, acks="all")
    last["end"] = "end"
    end = broker.ends(name)[0]
    _expect_last_values("the reader under load", last, _read(reader, end))
    compacted = _read(program.start("consume", topic=name, **{"from": "earliest"}, count=EVERYTHING), end)
    _expect_last_values("the reader afterwards", last, compacted)
    expect("records that are left", True, len(compacted) <= KEYS + 1)
    return []


class Compaction:
    """Compacts the topic all the time, as a thread of its own."""

    def __init__(self, name):
        self._name = name
        self._ends = threading.Event()
        self._failure = None
        self._thread = threading.Thread(target=self._run)

    def again(self):
        broker.rest(f"topics/{self._name}/compact", "")

    def _run(self):
        try:
            while not self._ends.wait(0.05):
                self.again()
        except AssertionError as failure:
            self._failure = failure

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join()
        expect("failures of compaction", None, self._failure)


def _read(reader, end):
    """All records up to the log's end, as (offset, key, value)."""
    records = []
    while not records or records[-1][0] < end - 1:
        line = reader.next(60)
        if line is None:
            raise AssertionError(f"the reader ended at {records[-1:]}")
        if "ready" not in line:
            records.append((line["offset"], decoded(line["key"]).decode(), decoded(line["value"]).decode()))
    reader.kill()
    return records


def _expect_last_values(who, last, records):
    offsets = [offset for offset, _, _ in records]
    expect(f"{who}: offsets that grow", True, all(one < other for one, other in zip(offsets, offsets[1:])))
    expect(f"{who}: last values", last, {key: value for _, key, value in records})


SCENARIOS = {"compacted-topic": compacted_topic}
