"""Scenarios of transactions: what is committed, what is aborted, who is fenced, and offsets that are committed along."""
import re
import time

import broker
from program import ClientError, await_true, decoded, expect, record, topic

PARTITIONS = 3
ENDED = ("CompleteAbort", "Empty")
TIMED_OUT_SECONDS = 30  # the broker looks every 10 s for transactions that have lasted too long
COPIED = 15


class Producer:
    """A transactional producer: a program that goes on, and is told one step after the other."""

    def __init__(self, program, name, transactional_id, **options):
        self.id = transactional_id
        self._running = program.start("transact", topic=name, id=transactional_id, name="producer", **options)

    def does(self, step, *what):
        self._running.tell([step, *what])
        expect("step", {"done": step}, self._running.next(60))

    def sends(self, *values, partitions=PARTITIONS):
        """Each value to each partition."""
        self.does("send", [record(value, partition=partition) for value in values for partition in range(partitions)])

    def transaction(self, end, *values, partitions=PARTITIONS):
        self.does("begin")
        self.sends(*values, partitions=partitions)
        self.does(end)

    def state(self):
        """What the broker says; clients may append to the id."""
        return next((each["state"] for each in broker.rest("transactions") if each["transactional_id"].startswith(self.id)), None)

    def gone(self):
        self._running.kill()


def transactions(program):
    program.needs("transactions")
    _commits_and_aborts(program)
    _makes_readers_wait(program)
    _fences(program)
    _times_out(program)


def _commits_and_aborts(program):
    name = broker.create(topic("t"), PARTITIONS)
    producer = Producer(program, name, topic("ends"))
    producer.does("init")
    producer.transaction("commit", "a1", "a2")
    producer.transaction("abort", "b1", "b2")
    producer.transaction("commit", "c")
    producer.does("begin")
    producer.sends("d")
    _expect_read(program, name, "read_uncommitted", "a1", "a2", "b1", "b2", "c", "d")
    _expect_read(program, name, "read_committed", "a1", "a2", "c")
    producer.does("abort")
    producer.transaction("commit", "e")
    _expect_read(program, name, "read_committed", "a1", "a2", "c", "e")
    for partition in range(PARTITIONS):
        page = broker.rest(f"topics/{name}/messages?partition={partition}&offset=0&limit=100&isolation=read_committed")
        expect("what REST reads", ["a1", "a2", "c", "e"], [each["value"] for each in page])
    producer.gone()


def _expect_read(program, name, isolation, *values):
    """Readers get these from each partition, in this order; more than these would be among as many as are asked for."""
    got = program.ask("consume", topic=name, isolation=isolation, **{"from": "earliest", "count": len(values) * PARTITIONS})
    for partition in range(PARTITIONS):
        expect(f"{isolation} of partition {partition}", list(values),
               [decoded(each["value"]).decode() for each in got if each["partition"] == partition])


def _makes_readers_wait(program):
    """Nothing of an open transaction is read before its end."""
    name = broker.create(topic("waiting"), 1)
    producer = Producer(program, name, topic("waiting"))
    producer.does("init")
    producer.does("begin")
    producer.sends("late", partitions=1)
    reader = program.start("consume", topic=name, isolation="read_committed", **{"from": "earliest", "count": 1})
    expect("ready", True, reader.next()["ready"])
    time.sleep(1)
    expect("read before the end", 1, len(reader.lines))
    producer.does("commit")
    expect("value", "late", decoded(reader.next()["value"]).decode())
    producer.gone()


def _fences(program):
    """The second producer with an id aborts what the first one has begun, and takes its place."""
    name = broker.create(topic("fencing"), 1)
    first, second = (Producer(program, name, topic("fencing")) for _ in range(2))
    first.does("init")
    first.does("begin")
    first.sends("of the first", partitions=1)
    second.does("init")
    await_true("the end of the first one's transaction", lambda: first.state() in ENDED, 10)
    _expect_fenced(program, first)
    _goes_on(program, name, second)


def _times_out(program):
    """The broker aborts a transaction that lasts too long, and fences its producer."""
    name = broker.create(topic("late"), 1)
    first, second = (Producer(program, name, topic("late"), timeout_ms=1000) for _ in range(2))
    first.does("init")
    first.does("begin")
    first.sends("late", partitions=1)
    await_true("the end of what lasts too long", lambda: first.state() in ENDED, TIMED_OUT_SECONDS)
    _expect_fenced(program, first)
    second.does("init")
    _goes_on(program, name, second)


def _expect_fenced(program, producer):
    """And then it is gone: kafka-python's would ask for a new epoch, by which it aborts what its successor has begun."""
    try:
        producer.sends("of a fenced one", partitions=1)
        producer.does("commit")
        raise AssertionError("a producer that was fenced could commit")
    except ClientError as error:
        print(f"fenced: {error}")
        if not re.search(program.features["fenced"], str(error)):
            raise AssertionError(f"the fenced producer heard: {error}") from None
    producer.gone()


def _goes_on(program, name, producer):
    producer.transaction("commit", "of the second", partitions=1)
    got = program.ask("consume", topic=name, isolation="read_committed", **{"from": "earliest", "count": 1})
    expect("what is committed", "of the second", decoded(got[0]["value"]).decode())
    producer.gone()


def exactly_once(program):
    """Records are copied in transactions that commit the group's offsets along; a copier dies in the midst of one."""
    program.needs("transactions")
    program.needs("transactional-offsets")
    target = broker.create(topic("target"), PARTITIONS)
    _copy(program, target)
    expect("some was copied twice, once in vain", True, sum(len(broker.stored(target, each)) for each in range(PARTITIONS))
           > COPIED * PARTITIONS)
    got = program.ask("consume", topic=target, isolation="read_committed",
                      **{"from": "earliest", "count": COPIED * PARTITIONS})
    for partition in range(PARTITIONS):
        expect(f"copies in partition {partition}", _copies(partition),
               [decoded(each["value"]).decode() for each in got if each["partition"] == partition])


def _copies(partition):
    return [f"{partition}-{i}!" for i in range(COPIED)]


def _copy(program, target):
    """Copies a topic with as many records in each partition; the first copier is killed with a transaction open."""
    source, group = topic("source"), topic("group")
    broker.create(source, PARTITIONS)
    for partition in range(PARTITIONS):
        broker.write(source, partition, [f"{partition}-{i}" for i in range(COPIED)])
    options = {"topic": source, "target": target, "group": group, "id": topic("copier"), "count": COPIED * PARTITIONS}
    first = program.start("copy", **options, name="first", hold=True)
    expect("something was copied", True, first.next(60)["open"] > 0)
    first.kill()
    expect("offsets of an open transaction", {}, broker.group(group)["committed_offsets"])
    second = program.start("copy", **options, name="second")
    expect("exit of the second one", 0, second.wait(90))
    second.all_lines()
    expect("offsets", {f"{source}-{partition}": COPIED for partition in range(PARTITIONS)},
           broker.group(group)["committed_offsets"])


def written(program, name):
    """Transactions of all kinds for other libraries to read: what those get from each partition, at each isolation level."""
    broker.create(name, PARTITIONS)
    producer = Producer(program, name, topic("writer"))
    producer.does("init")
    producer.transaction("abort", "a1", "a2")
    producer.transaction("commit", "b1", "b2")
    producer.transaction("abort", "c")
    producer.transaction("commit", "d")
    copies = program.has("transactional-offsets")
    if copies:
        _copy(program, name)
    producer.transaction("abort", "e")
    producer.transaction("commit", "f")
    producer.gone()
    return {"read_committed": [["b1", "b2", "d", *(_copies(partition) if copies else ()), "f"] for partition in range(PARTITIONS)],
            "read_uncommitted": [[value for _, value in broker.stored(name, partition)] for partition in range(PARTITIONS)]}


SCENARIOS = {"transactions": transactions, "exactly-once": exactly_once}
