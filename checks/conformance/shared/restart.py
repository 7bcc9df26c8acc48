"""The broker is killed (-9) in mid-stream and comes back: clients go on, and nothing that was acknowledged is lost.

Before it dies its last answers are withheld, so that there are records which it stored and the producer knows nothing of.
"""
import os
import subprocess
import time

import broker
from group import seen
from program import await_true, expect, topic
from proxy import Proxy

COUNT = 3000
KILL_AFTER = 700


def broker_restart(program):
    program.needs("outliving")
    name = broker.create(topic("t"), 1)
    with Proxy(int(os.environ["PROXY_PORT"]), os.environ["BOOTSTRAP"]) as proxy:
        control("kill")
        control("start", "--advertised-port", str(proxy.port))
        program.bootstrap = f"127.0.0.1:{proxy.port}"
        _stream_through(program, name, proxy)
        control("kill")
    control("start")


def control(command, *arguments):
    subprocess.run([f"{os.environ['CONTROL']}/{command}", *arguments], check=True)


def _stream_through(program, name, proxy):
    member = _reader(program, name) if program.has("groups") else None
    stream = program.start("stream", topic=name, count=COUNT)
    await_true("the stream", lambda: acknowledged(stream) >= KILL_AFTER, 40)
    if member:
        await_true("the reader's first records", lambda: seen(member), 20)
    proxy.withhold()
    await_true("records that the producer knows nothing of", lambda: _has_untold(stream, name), 10)
    proxy.close()
    control("kill")
    expect("the stream was cut", True, stream.alive() and acknowledged(stream) < COUNT)
    time.sleep(0.5)  # clients shall see a broker that is not there
    control("start", "--advertised-port", str(proxy.port))
    proxy.open()
    expect("exit of the producer", 0, stream.wait(60))
    expect("records acknowledged", COUNT, sum(line.get("acked", 0) for line in stream.all_lines()))
    _expect_all(program, name)
    if member:
        end = broker.total(name)
        await_true("the reader has it all", lambda: len({offset for _, offset in seen(member)}) == end, 45)


def _reader(program, name):
    group = name + "-group"
    member = program.start("member", topic=name, group=group, name="reader", assignor=None)
    await_true("the reader's group", lambda: (broker.group(group) or {}).get("state") == "Stable", 30)
    return member


def _has_untold(stream, name):
    stored = broker.total(name)
    time.sleep(0.3)  # for what the producer was told before, and has still to print
    return stored > acknowledged(stream)


def _expect_all(program, name):
    values = [int(value) for _, value in broker.stored(name)]
    expect("values that are missing", [], sorted(set(range(COUNT)) - set(values))[:10])
    if program.has("idempotent"):
        expect("the stored stream has neither duplicate nor disorder", True, values == list(range(COUNT)))


def acknowledged(stream):
    return sum(line.get("acked", 0) for line in list(stream.lines))


SCENARIOS = {"broker-restart": broker_restart}
