"""What a client makes of faults that the broker is told to have, over HTTP."""
import json
import os
import urllib.request
from contextlib import contextmanager

import broker
from program import expect, record, topic


def faults(program):
    """An error that may pass is tried again; of an idempotent producer nothing is lost or there twice when answers are lost."""
    lacking = []
    name = broker.create(topic("refused"), 1)
    with fault(on=["Produce"], topic=name, answer="NOT_LEADER_OR_FOLLOWER", times=2) as rule:
        program.ask("produce", [record("a")], topic=name, acks="all")
        expect("refused as often as was said", 2, broker.rest(f"faults/{rule}")["hits"])
    expect("what was refused was not done", ["a"], [value for _, value in broker.stored(name)])
    if program.has("idempotent"):
        _lossy(program)
    else:
        lacking.append(program.features["lacks"]["idempotent"])
    return lacking


def _lossy(program):
    name = broker.create(topic("lossy"), 1)
    values = [f"v{i}" for i in range(500)]
    with fault(on=["Produce"], topic=name, nth=1, close=True) as first:
        with fault(on=["Produce"], topic=name, probability=0.1, seed=42, skip=1, close=True):
            program.ask("produce", [record(value, key="k") for value in values], topic=name, acks="all", idempotent=True)
        expect("answers that were lost for certain", 1, broker.rest(f"faults/{first}")["hits"])
    expect("values", values, [value for _, value in broker.stored(name)])


@contextmanager
def fault(**rule):
    """A fault rule for as long as this lasts; its id."""
    added = broker.rest("faults", rule)["id"]
    try:
        yield added
    finally:
        request = urllib.request.Request(f"http://{os.environ['HTTP']}/v1/faults/{added}", method="DELETE")
        with urllib.request.urlopen(request, timeout=20) as answer:
            expect("removed", {"removed": 1}, json.load(answer))


SCENARIOS = {"faults": faults}
