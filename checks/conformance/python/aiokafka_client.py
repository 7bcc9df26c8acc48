"""aiokafka."""
import asyncio

import aiokafka
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import KafkaError

from verbs import Stop, emit, emit_description, emit_error, emit_record, hold_if_asked, main, records, steps

ASSIGNORS = {"range": RangePartitionAssignor, "roundrobin": RoundRobinPartitionAssignor,
             "sticky": StickyPartitionAssignor}
ACKS = {"0": 0, "1": 1, "all": "all"}


def features(_):
    emit(codecs=["gzip", "snappy", "lz4", "zstd"], assignors={name: name for name in ASSIGNORS}, lacks={},
         fenced="^(ProducerFenced|InvalidProducerEpoch)")


async def with_admin(options, work):
    admin = AIOKafkaAdminClient(bootstrap_servers=options["bootstrap"])
    await admin.start()
    try:
        return await work(admin)
    finally:
        await admin.close()


async def metadata(options):
    cluster = await with_admin(options, lambda admin: admin.describe_cluster())
    topics = await with_admin(options, lambda admin: admin.describe_topics([options["topic"]]))
    emit(brokers=[{"id": each["node_id"], "host": each["host"], "port": each["port"]} for each in cluster["brokers"]],
         partitions=len(topics[0]["partitions"]))


async def create(options):
    answer = await with_admin(options, lambda admin: admin.create_topics(
        [NewTopic(options["topic"], options["partitions"], 1)]))
    fail_on_errors(answer.topic_errors)


async def describe(options):
    found = (await with_admin(options, lambda admin: admin.describe_topics([options["topic"]])))[0]["partitions"]
    emit_description([each[name] for name in ("partition", "leader", "replicas", "isr")] for each in found)


async def delete(options):
    answer = await with_admin(options, lambda admin: admin.delete_topics([options["topic"]]))
    fail_on_errors(answer.topic_error_codes)


def fail_on_errors(errors):
    """aiokafka's admin hands out error codes instead of raising."""
    for _, code, *_ in errors:
        if code:
            raise aiokafka.errors.for_code(code)()


async def produce(options):
    codec = options.get("codec", "none")
    producer = aiokafka.AIOKafkaProducer(
        bootstrap_servers=options["bootstrap"], acks=ACKS[options["acks"]], linger_ms=5,
        compression_type=None if codec == "none" else codec, max_request_size=options.get("max_bytes", 1_048_576),
        enable_idempotence=bool(options.get("idempotent")))
    await producer.start()
    try:
        sent = [await producer.send(options["topic"], value=each["value"], key=each["key"], headers=each["headers"],
                                    partition=each["partition"], timestamp_ms=each["timestamp"]) for each in records()]
        for future in sent:
            done = await future
            emit(partition=getattr(done, "partition", -1), offset=getattr(done, "offset", -1))
    finally:
        await producer.stop()


async def consume(options):
    consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers=options["bootstrap"], enable_auto_commit=False,
                                         isolation_level=options.get("isolation", "read_uncommitted"))
    await consumer.start()
    await consumer._client.force_metadata_update()
    partitions = [aiokafka.TopicPartition(options["topic"], number)
                  for number in consumer._client.cluster.partitions_for_topic(options["topic"])]
    consumer.assign(partitions)
    await seek(consumer, partitions, options["from"])
    emit(ready=True)
    for _ in range(options["count"]):
        each = await consumer.getone()
        emit_record((each.partition, each.offset), each.key, each.value, each.headers, each.timestamp)
    await consumer.stop()


async def seek(consumer, partitions, start):
    if start == "earliest":
        await consumer.seek_to_beginning(*partitions)
    elif start == "latest":
        await consumer.seek_to_end(*partitions)
    elif "offset" in start:
        consumer.seek(partitions[0], start["offset"])
    else:
        found = await consumer.offsets_for_times({partitions[0]: start["timestamp"]})
        consumer.seek(partitions[0], found[partitions[0]].offset)


async def member(options):
    stop = Stop()
    consumer = aiokafka.AIOKafkaConsumer(
        options["topic"], bootstrap_servers=options["bootstrap"], group_id=options["group"],
        client_id=options["name"], auto_offset_reset="earliest", enable_auto_commit=False,
        session_timeout_ms=options.get("session_ms", 6000), heartbeat_interval_ms=500, metadata_max_age_ms=5000,
        group_instance_id=options.get("instance"),
        partition_assignment_strategy=[ASSIGNORS[options["assignor"] or "range"]])
    await consumer.start()
    while not stop.asked:
        for batch in (await consumer.getmany(timeout_ms=200)).values():
            for each in batch:
                emit(partition=each.partition, offset=each.offset)
        try:
            await consumer.commit()
        except KafkaError:
            pass  # the group moves on, or the broker is away: what is read twice then was not missed
    await consumer.stop()


def transactional(options):
    return aiokafka.AIOKafkaProducer(bootstrap_servers=options["bootstrap"], transactional_id=options["id"],
                                     transaction_timeout_ms=options.get("timeout_ms", 60_000))


async def transact(options):
    producer = transactional(options)
    doing = {"init": lambda _: producer.start(), "begin": lambda _: producer.begin_transaction(),
             "send": lambda records: send(producer, options["topic"], records),
             "commit": lambda _: producer.commit_transaction(), "abort": lambda _: producer.abort_transaction()}
    lines = steps()
    while line := await asyncio.to_thread(next, lines, None):  # the producer goes on meanwhile
        step, to_send = line
        try:
            await doing[step](to_send)
            emit(done=step)
        except KafkaError as problem:
            emit_error(problem)


async def send(producer, topic, to_send):
    await asyncio.gather(*[await producer.send(topic, value=each["value"], key=each["key"], partition=each["partition"])
                           for each in to_send])


async def copy(options):
    producer = transactional(options)
    await producer.start()
    consumer = aiokafka.AIOKafkaConsumer(
        options["topic"], bootstrap_servers=options["bootstrap"], group_id=options["group"], client_id=options["name"],
        auto_offset_reset="earliest", enable_auto_commit=False, session_timeout_ms=6000, heartbeat_interval_ms=500,
        isolation_level="read_committed")
    await consumer.start()
    left = options["count"]
    while left > 0:
        batches = await consumer.getmany(timeout_ms=500, max_records=10)
        if batches:
            await producer.begin_transaction()
            messages = [each for batch in batches.values() for each in batch]
            await asyncio.gather(*[await producer.send(options["target"], value=each.value + b"!", key=each.key,
                                                       partition=each.partition) for each in messages])
            await producer.send_offsets_to_transaction(
                {partition: batch[-1].offset + 1 for partition, batch in batches.items()}, options["group"])
            hold_if_asked(options, len(messages))
            await producer.commit_transaction()
            left -= len(messages)
            emit(copied=len(messages))
    await consumer.stop()
    await producer.stop()


async def stream(options):
    producer = aiokafka.AIOKafkaProducer(bootstrap_servers=options["bootstrap"], enable_idempotence=True)
    await producer.start()
    futures = []
    for number in range(options["count"]):
        future = await producer.send(options["topic"], str(number).encode())
        future.add_done_callback(lambda _: emit(acked=1))
        futures.append(future)
        await asyncio.sleep(0.001)
    await asyncio.gather(*futures)
    await producer.stop()


async def list_groups(options):
    listed = await with_admin(options, lambda admin: admin.list_consumer_groups())
    emit(groups=[each[0] for each in listed])


async def describe_group(options):
    found = (await with_admin(options, lambda admin: admin.describe_consumer_groups([options["group"]])))[0].groups[0]
    emit(state=found[2], members=[each[1] for each in found[5]])


async def group_offsets(options):
    found = await with_admin(options, lambda admin: admin.list_consumer_group_offsets(options["group"]))
    emit(offsets={f"{partition.topic}-{partition.partition}": at.offset for partition, at in found.items()})


main({"features": features, "metadata": metadata, "create": create, "describe": describe, "delete": delete,
      "produce": produce, "consume": consume, "member": member, "stream": stream, "transact": transact, "copy": copy, "list-groups": list_groups,
      "describe-group": describe_group, "group-offsets": group_offsets})
