"""A group under test: its members are processes; who owns what is asked of the broker and tried with records."""
import threading

import broker
from program import await_true, expect, topic

PARTITIONS = 6
SETTLE_SECONDS = 45
LEAVE_SECONDS = 3  # well below a session timeout: who is gone by then has left by itself


class Group:
    """A topic, a group, and its members by name."""

    def __init__(self, program, name, assignor=None):
        self.program = program
        self.topic = broker.create(topic(name), PARTITIONS)
        self.name = topic(name) + "-group"
        self.assignor = assignor
        self.members = {}
        self.all = []
        self._left_from = []

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
        """Waits until the group has settled, and a record to each partition reaches its owner and nobody else."""
        await_true(f"settling of {sorted(self.members)}", self._settled, SETTLE_SECONDS)

    def _settled(self):
        owners = self.owners()
        if not owners:
            return False
        before = broker.ends(self.topic)
        for partition in range(PARTITIONS):
            broker.write(self.topic, partition, ["probe"])
        try:
            await_true("probes", lambda: all(self._saw(partition, before[partition]) for partition in owners), 10)
        except AssertionError:
            return False  # it moved on while the probes were on their way
        return all(self._saw(partition, before[partition]) == [owner] for partition, owner in owners.items())

    def _saw(self, partition, offset):
        return [member.name for member in self.all if (partition, offset) in seen(member)]

    def leave(self, name):
        """The member leaves by itself, which takes no session timeout. What it reported on the way counts."""
        self._left_from.append({partition for partition, owner in (self.owners() or {}).items() if owner == name})
        member = self.members.pop(name)
        expect(f"{name} is there to leave", True, member.alive())
        expect(f"exit of {name}", 0, member.leave())
        member.all_lines()
        await_true(f"the group without {name}", lambda: self._size() <= len(self.members), LEAVE_SECONDS)

    def _size(self):
        return len(broker.group(self.name)["members"])

    def kill(self, name):
        self.members.pop(name).kill()

    def missed(self):
        saw = set().union(*(seen(member) for member in self.all))
        missed = [(partition, offset) for partition, end in broker.ends(self.topic).items()
                  for offset in range(end) if (partition, offset) not in saw]
        return missed if self.program.has("leaving") else self._without_last_ones(missed)

    def _without_last_ones(self, missed):
        """Without one record for each that left, of a partition that it owned."""
        for partitions in self._left_from:
            last = next((each for each in missed if each[0] in partitions), None)
            missed = [each for each in missed if each != last]
        return missed

    def expect_nothing_missed(self):
        try:
            await_true("all records seen", lambda: not self.missed(), 30)
        except AssertionError:
            expect("records (partition, offset) that were missed", [], self.missed())


def seen(member):
    return {(line["partition"], line["offset"]) for line in list(member.lines) if "offset" in line}


class Traffic:
    """Writes a record to a partition in turn, over and over, as long as the `with` lasts."""

    def __init__(self, name):
        self._name = name
        self._over = threading.Event()
        self._problem = None
        self._written = 0
        self._thread = threading.Thread(target=self._write, daemon=True)

    def _write(self):
        try:
            while not self._over.wait(0.02):
                broker.write(self._name, self._written % PARTITIONS, [f"traffic {self._written}"])
                self._written += 1
        except Exception as problem:  # told by the thread that waits for this one
            self._problem = problem

    def __enter__(self):
        self._thread.start()

    def __exit__(self, kind, *_):
        self._over.set()
        self._thread.join()
        if kind is None:
            expect("what ended the traffic", None, self._problem)
            expect("there was traffic", True, self._written > 0)
