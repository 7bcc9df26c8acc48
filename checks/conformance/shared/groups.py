"""Scenarios of consumer groups."""
import broker
from group import PARTITIONS, Group, Traffic, seen
from program import Lacking, await_true, expect


def group_rebalance(program):
    program.needs("groups")
    group = Group(program, "t")
    with Traffic(group.topic):
        group.join("one")
        group.join("two")
        group.settle()
        group.join("three")
        group.settle()
        group.leave("one")
        group.settle()
        group.kill("two")
        group.settle()
    group.expect_nothing_missed()
    return [] if program.has("leaving") else [program.features["lacks"]["leaving"]]


def assignors(program):
    program.needs("groups")
    for assignor, protocol in program.features["assignors"].items():
        group = Group(program, assignor, assignor)
        with Traffic(group.topic):
            group.join("one")
            group.join("two")
            group.settle()
            expect("the group's protocol", protocol, broker.group(group.name)["protocol_name"])
            group.join("three")
            group.settle()
            group.leave("one")
            group.settle()
        group.expect_nothing_missed()
        for name in list(group.members):
            group.kill(name)
    return [reason for name, reason in program.features.get("lacks", {}).items()
            if name.startswith("assignor-")]


def static_membership(program):
    program.needs("groups")
    program.needs("static")
    group = Group(program, "t")
    group.join("one", instance="i-one", session_ms=30_000)
    group.join("two", instance="i-two", session_ms=30_000)
    group.settle()
    before, owners = broker.group(group.name), group.owners()
    expect("instance ids", ["i-one", "i-two"], sorted(each["group_instance_id"] for each in before["members"]))
    group.kill("two")
    group.join("two", instance="i-two", session_ms=30_000)
    group.settle()
    expect("generation after one came back", before["generation_id"], broker.group(group.name)["generation_id"])
    expect("owners after one came back", owners, group.owners())
    group.expect_nothing_missed()


def commit_resume(program):
    program.needs("groups")
    group = Group(program, "t")
    for partition in range(PARTITIONS):
        broker.write(group.topic, partition, [f"first {i}" for i in range(10)])
    first = group.join("one")
    await_true("the first records", lambda: len(seen(first)) == 10 * PARTITIONS, 40)
    group.leave("one")
    expect("committed offsets", {f"{group.topic}-{partition}": 10 for partition in range(PARTITIONS)},
           broker.group(group.name)["committed_offsets"])
    for partition in range(PARTITIONS):
        broker.write(group.topic, partition, [f"second {i}" for i in range(10)])
    second = group.join("again")
    await_true("the second records", lambda: len(seen(second)) >= 10 * PARTITIONS, 40)
    expect("what was read after the restart", {(p, o) for p in range(PARTITIONS) for o in range(10, 20)}, seen(second))


def group_admin(program):
    program.needs("groups")
    group = Group(program, "t")
    broker.write(group.topic, 0, ["one", "two"])
    member = group.join("one")
    await_true("the records", lambda: len(seen(member)) == 2, 40)
    lacking = [reason for check in (_lists, _describes) for reason in check(program, group)]
    group.leave("one")
    lacking += [reason for check in (_shows_offsets, _deletes_offsets, _deletes) for reason in check(program, group)]
    if len(lacking) == 5:
        raise Lacking("; ".join(lacking))
    return lacking


def _tolerant(check):
    """A part of group-admin: what the client lacks is the answer, and no reason not to try the rest."""
    def tried(program, group):
        try:
            check(program, group)
            return []
        except Lacking as lacking:
            return [str(lacking)]
    return tried


@_tolerant
def _lists(program, group):
    expect("listed", True, group.name in program.ask("list-groups")[0]["groups"])


@_tolerant
def _describes(program, group):
    answer = program.ask("describe-group", group=group.name)[0]
    expect("state", "Stable", answer["state"])
    expect("client ids of the members", [True], ["one" in client_id for client_id in answer["members"]])


@_tolerant
def _shows_offsets(program, group):
    answer = program.ask("group-offsets", group=group.name, topic=group.topic)[0]
    expect("offset of partition 0", 2, answer["offsets"].get(f"{group.topic}-0"))


@_tolerant
def _deletes_offsets(program, group):
    program.ask("delete-offsets", group=group.name, topic=group.topic, partition=0)
    expect("offset of partition 0 after it was deleted", None,
           broker.group(group.name)["committed_offsets"].get(f"{group.topic}-0"))


@_tolerant
def _deletes(program, group):
    program.ask("delete-group", group=group.name)
    expect("the deleted group", None, broker.group(group.name))


SCENARIOS = {"group-rebalance": group_rebalance, "assignors": assignors, "static-membership": static_membership,
             "commit-resume": commit_resume, "group-admin": group_admin}
