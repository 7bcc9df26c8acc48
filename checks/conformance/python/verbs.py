"""What the Python programs share: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs)."""
import asyncio
import base64
import inspect
import json
import signal
import sys
import traceback


class Stop:
    """Set by SIGTERM: a member is to leave its group."""

    def __init__(self):
        self.asked = False
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, *_):
        self.asked = True


def emit(**answer):
    print(json.dumps(answer), flush=True)


def records():
    """The records on stdin."""
    for line in sys.stdin:
        yield plain(json.loads(line))


def steps():
    """Steps of a transaction, one a line: (name, records)."""
    for line in iter(sys.stdin.readline, ""):
        name, *more = json.loads(line)
        yield name, [plain(record) for record in (more[0] if more else ())]


def emit_error(problem):
    traceback.print_exc()
    emit(error=f"{type(problem).__name__}: {problem}")


def plain(record):
    """The record with bytes in place of base64."""
    return {**record, "key": decoded(record["key"]), "value": decoded(record["value"]),
            "headers": [(name, decoded(value)) for name, value in record["headers"]]}


def hold_if_asked(options, count):
    """Leaves the transaction open, and waits for the end of the process."""
    if options.get("hold"):
        emit(open=count)
        while True:
            signal.pause()


def emit_record(place, key, value, headers, timestamp):
    """place: (partition, offset)"""
    emit(partition=place[0], offset=place[1], key=encoded(key), value=encoded(value), timestamp=timestamp,
         headers=[[name, encoded(each)] for name, each in headers or ()])


def emit_description(partitions):
    """partitions: (partition, leader, replicas, isr) of each"""
    names = ("partition", "leader", "replicas", "isr")
    emit(partitions=[dict(zip(names, each)) for each in partitions])


def decoded(text):
    return None if text is None else base64.b64decode(text)


def encoded(data):
    return None if data is None else base64.b64encode(data).decode()


def main(verbs):
    verb, options = sys.argv[1], json.loads(sys.argv[2])
    try:
        if verb not in verbs:
            emit(na=f"the client has no {verb}")
            return
        result = verbs[verb](options)
        if inspect.isawaitable(result):
            asyncio.run(result)
    except Exception as problem:  # the scenario judges whether it had to come
        emit_error(problem)
