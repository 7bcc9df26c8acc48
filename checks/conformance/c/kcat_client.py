"""kcat, librdkafka's command: each verb is one or more calls of it."""
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import time

from verbs import emit, emit_record, main, records

KEY_END, RECORD_END = b"<<key>>", b"<<end>>"
PR_SET_PDEATHSIG = 1
DELIVERED = re.compile(r"Message delivered to partition (\d+) \(offset (-?\d+)\)")


def features(_):
    emit(codecs=["gzip", "snappy", "lz4", "zstd"], assignors={"range": "range", "roundrobin": "roundrobin",
                                                            "cooperative-sticky": "cooperative-sticky"},
         lacks={"admin": "kcat neither creates nor deletes topics", "timestamps": "kcat cannot set timestamps",
                "transactions": "kcat sends all that it is given in one transaction, and ends only then",
                "leaving": "kcat commits a record that arrives while it ends, and does not print it"})


def kcat(options, *words, **config):
    settings = [word for name, value in config.items() for word in ("-X", f"{name.replace('_', '.')}={value}")]
    return ["kcat", "-E", "-b", options["bootstrap"], "-X", "reconnect.backoff.max.ms=500", *settings, *words]


def metadata(options):
    found = json.loads(subprocess.check_output(kcat(options, "-L", "-J", "-t", options["topic"])))
    emit(brokers=[{"id": each["id"], "host": each["name"].rsplit(":", 1)[0],
                   "port": int(each["name"].rsplit(":", 1)[1])} for each in found["brokers"]],
         partitions=len(found["topics"][0]["partitions"]))


def produce(options):
    to_send = list(records())
    command = kcat(options, "-P", "-vvv", "-t", options["topic"], "-z", options.get("codec", "none"),
                   acks=options["acks"], message_max_bytes=options.get("max_bytes", 1_000_000),
                   enable_idempotence=str(bool(options.get("idempotent"))).lower())
    if all(plain(each) for each in to_send):
        send(command, to_send)
    else:
        for each in to_send:
            words = [word for name, value in each["headers"]
                     for word in ("-H", name if value is None else f"{name}={value.decode()}")]
            place = ["-p", str(each["partition"])] if each["partition"] is not None else []
            send([*command, *words, *place, *(["-Z"] if each["value"] is None else [])], [each])


def plain(record):
    """Whether the record can share a call of kcat with others. With acks=0 it has to: the connections of two calls
    know no order."""
    return not record["headers"] and record["partition"] is None and record["value"] is not None


def send(command, to_send):
    """A record without a key delimiter has a null key. What has neither key nor value is left out by kcat."""
    data = b"".join((b"" if each["key"] is None else each["key"] + KEY_END) + (each["value"] or b"") + RECORD_END
                    for each in to_send)
    report(subprocess.run([*command, "-K", KEY_END, "-D", RECORD_END], input=data, stderr=subprocess.PIPE))


def report(done):
    printed = done.stderr.decode(errors="replace")
    if done.returncode or "Delivery failed" in printed:
        raise RuntimeError(printed[-300:])
    for partition, offset in DELIVERED.findall(printed):
        emit(partition=int(partition), offset=int(offset))


def consume(options):
    start = options["from"]
    where = {"earliest": "beginning", "latest": "end"}[start] if isinstance(start, str) else (
        str(start["offset"]) if "offset" in start else f"s@{start['timestamp']}")
    command = kcat(options, "-C", "-q", "-u", "-t", options["topic"], "-o", where, "-c", str(options["count"]),
                   "-f", "%p %o %T %K %S %k%s%h\n", fetch_message_max_bytes=2_000_000, check_crcs="true",
                   isolation_level=options.get("isolation", "read_committed"))
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, preexec_fn=die_with_parent)
    emit(ready=True)
    for _ in range(options["count"]):
        partition, offset, timestamp, key_size, size = (int(number(reader.stdout)) for _ in range(5))
        key, value = sized(reader.stdout, key_size), sized(reader.stdout, size)
        headers = reader.stdout.readline().rstrip(b"\n")
        emit_record((partition, offset), key, value, parse_headers(headers), timestamp)
    reader.kill()


def die_with_parent():
    """A reader of a topic without end is killed, and kcat with it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def number(stream):
    text = b""
    while (byte := stream.read(1)) not in (b" ", b""):
        text += byte
    return text


def sized(stream, size):
    """The format prints nothing for a null key and NULL for a null value."""
    return None if size < 0 else stream.read(size)


def parse_headers(text):
    pairs = [pair.partition(b"=") for pair in text.split(b",")] if text else []
    return [(name.decode(), None if value == b"NULL" else value) for name, _, value in pairs]


def member(options):
    more = {"group_instance_id": options["instance"]} if options.get("instance") else {}
    command = kcat(options, "-q", "-u", "-f", '{"partition":%p,"offset":%o}\n', "-G", options["group"], options["topic"],
                   client_id=options["name"], auto_offset_reset="earliest", auto_commit_interval_ms=200,
                   session_timeout_ms=options.get("session_ms", 6000), heartbeat_interval_ms=500,
                   partition_assignment_strategy=options["assignor"] or "range", **more)
    os.execvp("kcat", command)


def stream(options):
    command = kcat(options, "-P", "-vvv", "-t", options["topic"], enable_idempotence="true")
    producer = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    os.set_blocking(producer.stderr.fileno(), False)
    acked = 0
    for value in range(options["count"]):
        producer.stdin.write(b"%d\n" % value)
        producer.stdin.flush()
        acked += count_delivered(producer)
        time.sleep(0.001)
    producer.stdin.close()
    while producer.poll() is None:
        acked += count_delivered(producer)
        time.sleep(0.01)
    acked += count_delivered(producer)
    if producer.returncode or acked != options["count"]:
        sys.exit(f"kcat ended with {producer.returncode} and {acked} records")


def count_delivered(producer):
    delivered = len(DELIVERED.findall((producer.stderr.read() or b"").decode()))
    if delivered:
        emit(acked=delivered)
    return delivered


main({"features": features, "metadata": metadata, "produce": produce, "consume": consume, "member": member,
      "stream": stream})
