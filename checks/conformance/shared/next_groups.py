"""Scenarios of groups of the consumer protocol (KIP-848), in which the broker assigns."""
import broker
from group import Group, Traffic
from program import Lacking, await_true, expect, topic
from restart import control

FIND_SECONDS = 30  # regular expressions are looked at every ten seconds


class BriskBroker:
    """The broker with short times, as long as the `with` lasts: sessions end, and changes are heard of, within seconds."""

    def __init__(self, session_ms=6000):
        self._times = [f"--group-consumer-{name}={value}" for name, value in (
            ("min-session-timeout-ms", session_ms), ("session-timeout-ms", session_ms),
            ("min-heartbeat-interval-ms", 500), ("heartbeat-interval-ms", 500))]

    def __enter__(self):
        return self.restart()

    def restart(self):
        control("kill")
        control("start", *self._times)
        return self

    def __exit__(self, *_):
        control("kill")
        control("start")


class NextGroup(Group):
    """A group whose members speak the consumer protocol, if they are not told otherwise."""

    def join(self, name, **options):
        return super().join(name, **{"protocol": "consumer", **options})

    def expect_type(self, kind):
        await_true(f"a group of type {kind}", lambda: broker.group(self.name)["type"] == kind, 20)


def needs_consumer_protocol(program):
    if "consumer" not in program.features.get("protocols", ()):
        raise Lacking("no groups of the consumer protocol (KIP-848)")


def next_groups(program):
    needs_consumer_protocol(program)
    with BriskBroker() as brisk:
        group = NextGroup(program, "t")
        with Traffic(group.topic):
            group.join("one")
            group.join("two")
            group.settle()
            group.expect_type("consumer")
            group.join("three")
            group.settle()
            group.leave("one")
            group.settle()
            group.kill("two")
            group.settle()
        group.join("four")
        group.settle()
        owners = group.owners()
        brisk.restart()
        group.settle()
        expect("owners after the broker was killed", owners, group.owners())
        group.expect_nothing_missed()


def next_groups_static(program):
    needs_consumer_protocol(program)
    with BriskBroker(session_ms=25_000):  # long enough for a client to start
        group = NextGroup(program, "t")
        group.join("one", instance="i-one")
        group.join("two", instance="i-two")
        group.settle()
        before, owners = broker.group(group.name), group.owners()
        expect("instance ids", ["i-one", "i-two"], sorted(each["group_instance_id"] for each in before["members"]))
        expect("exit of two", 0, group.members["two"].leave())
        expect("members while one is away", 2, len(broker.group(group.name)["members"]))
        group.join("two", instance="i-two")
        group.settle()
        expect("owners after one came back", owners, group.owners())
        group.kill("two")
        group.settle()
        group.expect_nothing_missed()


def next_groups_migration(program):
    """Members of the classic protocol are joined by one of the other, take its place, and the other way round."""
    needs_consumer_protocol(program)
    with BriskBroker():
        group = NextGroup(program, "t")
        with Traffic(group.topic):
            group.join("one", protocol="classic")
            group.join("two", protocol="classic")
            group.settle()
            group.expect_type("classic")
            group.join("three")
            group.settle()
            group.expect_type("consumer")
            group.leave("one")
            group.settle()
            group.leave("three")
            group.settle()
            group.expect_type("classic")
            group.join("four")
            group.settle()
            group.leave("two")
            group.settle()
            group.expect_type("consumer")
        group.expect_nothing_missed()


def next_groups_topics(program):
    """Topics that a regular expression finds come, grow and go."""
    needs_consumer_protocol(program)
    with BriskBroker():
        first, second = broker.create(topic("found-1"), 2), topic("found-2")
        group = NextGroup(program, "t")
        options = {"regex": "^" + topic("found-[0-9]+") + "$"}
        members = [group.join("one", **options), group.join("two", **options)]
        _await_assigned(group, {first: 2})
        _await_records(members, first, 2)
        broker.create(second, 3)
        _await_assigned(group, {first: 2, second: 3})
        _await_records(members, second, 3)
        broker.grow(first, 5)
        _await_assigned(group, {first: 5, second: 3})
        _await_records(members, first, 5)
        broker.delete(second)
        _await_assigned(group, {first: 5})
        _await_records(members, first, 5)
        expect("members that are there to leave", [True, True], [member.alive() for member in members])


def _assigned(group):
    """topic -> how many partitions, each of one member; None until the group has settled."""
    state = broker.group(group.name)
    if not state or state["state"] != "Stable" or len(state["members"]) != len(group.members):
        return None
    owned = [(each["topic"], partition) for member in state["members"]
             for each in member["assignment"] for partition in each["partitions"]]
    expect("partitions with two owners", [], sorted(each for each in set(owned) if owned.count(each) > 1))
    return {name: sum(each[0] == name for each in owned) for name, _ in owned}


def _await_assigned(group, expected):
    try:
        await_true(f"{expected} assigned", lambda: _assigned(group) == expected, FIND_SECONDS)
    except AssertionError:
        expect("assigned partitions", expected, broker.group(group.name))


def _await_records(members, name, partitions):
    """A record to each partition is read."""
    before = broker.ends(name)
    for partition in range(partitions):
        broker.write(name, partition, ["probe"])
    wanted = {(name, partition, before.get(partition, 0)) for partition in range(partitions)}
    try:
        await_true("probes", lambda: wanted <= _read(members), 20)
    except AssertionError:
        expect(f"records of {name} that were missed", set(), wanted - _read(members))


def _read(members):
    return {(line["topic"], line["partition"], line["offset"])
            for member in members for line in list(member.lines) if "topic" in line}


SCENARIOS = {"next-groups": next_groups, "next-groups-static": next_groups_static,
             "next-groups-migration": next_groups_migration, "next-groups-topics": next_groups_topics}
