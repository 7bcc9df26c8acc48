"""Scenarios of consumer groups. Members are processes; who owns what is asked of the broker and tried with records."""
import threading

import broker
from program import Lacking, await_true, expect, topic

PARTITIONS = 6
SETTLE_SECONDS = 45


class Group:
    """A topic, a group, and its members by name."""

    def __init__(self, program, name, assignor=None):
        self.program = program
        self.topic = broker.create(topic(name), PARTITIONS)
        self.name = topic(name) + "-group"
        self.assignor = assignor
        self.members = {}
        self.all = []
        self.left = 0

    def join(self, name, **options):
        member = self.program.start("member", topic=self.topic, group=self.name, name=name, assignor=self.assignor,
                                    **options)
        self.members[name] = member
        self.all.append(member)
        return member

    def owners(self):
        """partition -> member's name, once the group is Stable, each member owns something, and nothing is left over."""
        state = broker.group(self.name)
        if not state or state["state"] != "Stable" or len(state["members"]) != len(self.members):
            return None
        owned = [(partition, self._member_of(member["client_id"])) for member in state["members"]
                 for assigned in member["assignment"] for partition in assigned["partitions"]]
        complete = sorted(partition for partition, _ in owned) == list(range(PARTITIONS))
        return dict(owned) if complete and {name for _, name in owned} == set(self.members) else None

    def _member_of(self, client_id):
        return next((name for name in self.members if name in client_id), client_id)

    def settle(self):
        """Waits until the group has settled, and a record to each partition reaches the owner that the broker names."""
        await_true(f"settling of {sorted(self.members)}", self._settled, SETTLE_SECONDS)

    def _settled(self):
        owners = self.owners()
        if not owners:
            return False
        before = broker.ends(self.topic)
        for partition in range(PARTITIONS):
            broker.write(self.topic, partition, ["probe"])
        await_true("probes", lambda: all(self._saw(partition, before[partition]) for partition in owners), 20)
        return all(owner in self._saw(partition, before[partition]) for partition, owner in owners.items())

    def _saw(self, partition, offset):
        return [member.name for member in self.all if (partition, offset) in seen(member)]

    def leave(self, name):
        self.left += 1
        expect(f"exit of {name}", 0, self.members.pop(name).leave())

    def kill(self, name):
        self.members.pop(name).kill()

    def missed(self):
        saw = set().union(*(seen(member) for member in self.all))
        return [(partition, offset) for partition, end in broker.ends(self.topic).items()
                for offset in range(end) if (partition, offset) not in saw]

    def expect_nothing_missed(self):
        tolerated = 0 if self.program.has("leaving") else self.left
        try:
            await_true("all records seen", lambda: len(self.missed()) <= tolerated, 30)
        except AssertionError:
            expect("records (partition, offset) that were missed", [], self.missed())


def seen(member):
    return {(line["partition"], line["offset"]) for line in list(member.lines) if "offset" in line}


class Traffic:
    """Writes a record to a partition in turn, over and over, as long as the `with` lasts."""

    def __init__(self, name):
        self._name = name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)

    def _write(self):
        number = 0
        while not self._over.wait(0.02):
            broker.write(self._name, number % PARTITIONS, [f"traffic {number}"])
            number += 1

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


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
            group.leave(name)
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
    lacking += [reason for check in (_shows_offsets, _deletes) for reason in check(program, group)]
    if len(lacking) == 4:
        raise Lacking(", ".join(lacking))
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
    expect("description", ("Stable", 1), (answer["state"], answer["members"]))


@_tolerant
def _shows_offsets(program, group):
    answer = program.ask("group-offsets", group=group.name, topic=group.topic)[0]
    expect("offset of partition 0", 2, answer["offsets"].get(f"{group.topic}-0"))


@_tolerant
def _deletes(program, group):
    program.ask("delete-group", group=group.name)
    expect("the deleted group", None, broker.group(group.name))


SCENARIOS = {"group-rebalance": group_rebalance, "assignors": assignors, "static-membership": static_membership,
             "commit-resume": commit_resume, "group-admin": group_admin}
