"""The broker is killed (-9) in mid-stream and comes back: clients go on, and nothing that was acknowledged is lost."""
import os
import subprocess
import time

import broker
from groups import seen
from program import await_true, checked, expect, topic

COUNT = 3000
KILL_AFTER = 700


def broker_restart(program):
    program.needs("outliving")
    name = broker.create(topic("t"), 1)
    member = None
    if program.has("groups"):
        member = program.start("member", topic=name, group=name + "-group", name="reader", assignor=None)
    stream = program.start("stream", topic=name, count=COUNT)
    await_true("the stream", lambda: acknowledged(stream) >= KILL_AFTER, 40)
    subprocess.run([os.environ["CONTROL"] + "/kill"], check=True)
    expect("the stream was cut", True, acknowledged(stream) < COUNT)
    time.sleep(0.5)  # clients shall see a broker that is not there
    subprocess.run([os.environ["CONTROL"] + "/start"], check=True)
    expect("exit of the producer", 0, stream.wait(60))
    for line in list(stream.lines):
        checked(line)
    values = [int(value) for _, value in broker.stored(name)]
    expect("values that are missing", [], sorted(set(range(COUNT)) - set(values))[:10])
    if program.has("idempotent"):
        expect("the stored stream has neither duplicate nor disorder", True, values == list(range(COUNT)))
    if member:
        await_true("the reader has it all", lambda: len({o for _, o in seen(member)}) == len(values), 45)


def acknowledged(stream):
    return sum(line.get("acked", 0) for line in list(stream.lines))


SCENARIOS = {"broker-restart": broker_restart}
