"""What one library writes, every other reads: one file of what was written lies between them."""
import json
import os

import broker
from basics import BASE_TIME, compare, special_records
from program import Lacking


def cross_write(program, file):
    broker.create(os.environ["CROSS_TOPIC"], 1)
    lines = []
    for codec in ["none", *program.features["codecs"]]:
        samples = special_records(program)
        if program.has("timestamps"):
            samples = [{**each, "timestamp": BASE_TIME + len(lines) + i} for i, each in enumerate(samples)]
        program.ask("produce", samples, topic=os.environ["CROSS_TOPIC"], acks="all", codec=codec)
        lines += [{**each, "codec": codec} for each in samples]
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)


def cross_read(program, file):
    with open(file, encoding="utf-8") as lines:
        expected = [json.loads(line) for line in lines]
    codecs = {"none", *program.features["codecs"]}
    unreadable = {line["codec"] or "none" for line in expected} - codecs - set(program.features.get("reads", ()))
    if unreadable:
        raise Lacking(f"the client cannot read {', '.join(sorted(unreadable))}")
    if any(value is None for line in expected for _, value in line["headers"]):
        program.needs("reads-null-headers")
    compare(program, expected, program.ask("consume", topic=os.environ["CROSS_TOPIC"],
                                           **{"from": "earliest", "count": len(expected)}))


SCENARIOS = {"cross-write": cross_write, "cross-read": cross_read}
