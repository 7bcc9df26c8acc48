"""The broker seen without the client under test: REST, and a few hand-made Kafka requests."""
import json
import os
import socket
import struct
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from program import encoded

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")


@dataclass(frozen=True)
class Batch:
    """What the header of a stored record batch says."""
    codec: str
    producer_id: int


def rest(path, body=None):
    """The answer; None for 404. With a body it is a POST, with an empty text one without a body."""
    data = None if body is None else json.dumps(body).encode() if body else b""
    try:
        with urllib.request.urlopen(f"http://{os.environ['HTTP']}/v1/{path}", data, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise AssertionError(f"REST {path}: {error.read().decode()}") from None


def ends(topic):
    """The end offset of each partition."""
    return {row["partition"]: row["end_offset"] for row in rest(f"topics/{topic}")["partitions"]}


def total(topic):
    return sum(ends(topic).values())


def stored(topic, partition=0):
    """All records of a partition: [(key, value)], as text."""
    records, offset = [], 0
    while page := rest(f"topics/{topic}/messages?partition={partition}&offset={offset}&limit=1000"):
        records += [(each["key"], each["value"]) for each in page]
        offset = page[-1]["offset"] + 1
    return records


def timestamp(topic, offset, partition=0):
    """When the record was made, in milliseconds."""
    return rest(f"topics/{topic}/messages?partition={partition}&offset={offset}&limit=1")[0]["timestamp"]


def write(topic, partition, values):
    messages = [{"value_encoding": "base64", "value": encoded(value)} for value in values]
    rest(f"topics/{topic}/messages", {"partition": partition, "messages": messages})


def group(name):
    return rest("groups/" + urllib.parse.quote(name, safe=""))


def create(topic, partitions, configs=None):
    """CreateTopics, version 2."""
    configs = configs or {}
    body = struct.pack(">i", 1) + _string(topic) + struct.pack(">ihii", partitions, 1, 0, len(configs))
    body += b"".join(_string(name) + _string(value) for name, value in configs.items()) + struct.pack(">ib", 10_000, 0)
    answer = _call(19, 2, body)
    _expect_none(f"creating {topic}", _code(answer, topic))
    return topic


def grow(topic, partitions):
    """CreatePartitions, version 0."""
    body = struct.pack(">i", 1) + _string(topic) + struct.pack(">iiib", partitions, -1, 10_000, 0)
    answer = _call(37, 0, body)
    _expect_none(f"growing {topic}", _code(answer, topic))


def delete(topic):
    """DeleteTopics, version 1."""
    answer = _call(20, 1, struct.pack(">i", 1) + _string(topic) + struct.pack(">i", 10_000))
    _expect_none(f"deleting {topic}", _code(answer, topic))


def _code(answer, topic):
    """The error code of the one topic in an answer that begins with the throttle time."""
    return struct.unpack_from(">h", answer, 4 + 4 + 2 + len(topic.encode()))[0]


def _expect_none(what, code):
    if code:
        raise AssertionError(f"{what}: error {code}")


def batches(topic, partition=0):
    """The batches of a partition, up to 1 MB: Fetch, version 4, which the broker may answer with all it has."""
    body = struct.pack(">iiiibi", -1, 100, 1, 1 << 20, 0, 1) + _string(topic)
    body += struct.pack(">iiqi", 1, partition, 0, 1 << 20)
    answer = _call(1, 4, body)
    at = 4 + 4 + 2 + len(topic.encode()) + 4
    code, _, _, aborted = struct.unpack_from(">hqqi", answer, at + 4)
    if code or aborted > 0:
        raise AssertionError(f"fetching {topic}: error {code}")
    length, = struct.unpack_from(">i", answer, at + 26)
    return _parse_batches(answer[at + 30:at + 30 + length])


def _parse_batches(data):
    found, at = [], 0
    while at + 61 <= len(data):
        length, = struct.unpack_from(">i", data, at + 8)
        attributes, = struct.unpack_from(">h", data, at + 21)
        producer_id, = struct.unpack_from(">q", data, at + 43)
        found.append(Batch(CODECS[attributes & 7], producer_id))
        at += 12 + length
    return found


def _string(text):
    return struct.pack(">h", len(text.encode())) + text.encode()


def _call(api, version, body):
    host, port = os.environ["BOOTSTRAP"].rsplit(":", 1)
    request = struct.pack(">hhi", api, version, 1) + _string("conformance") + body
    with socket.create_connection((host, int(port)), 10) as connection:
        connection.sendall(struct.pack(">i", len(request)) + request)
        stream = connection.makefile("rb")
        size, = struct.unpack(">i", stream.read(4))
        return stream.read(size)[4:]
