"""kafka-python, 2.0.2 and newest."""
import time

import kafka
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from kafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor

from verbs import Stop, emit, emit_description, emit_error, emit_record, hold_if_asked, main, records, steps

NEW = int(kafka.__version__.split(".")[0]) >= 3
ASSIGNORS = {"range": RangePartitionAssignor, "roundrobin": RoundRobinPartitionAssignor,
             "sticky": StickyPartitionAssignor}
if NEW:
    from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
    ASSIGNORS["cooperative-sticky"] = CooperativeStickyAssignor
ACKS = {"0": 0, "1": 1, "all": "all"}


def features(_):
    lacks = {"null-headers": "kafka-python cannot send null in headers"}
    if not NEW:
        lacks |= {"static": "kafka-python 2.0 has no static membership",
                  "idempotent": "kafka-python 2.0 has no idempotent producer",
                  "transactions": "kafka-python 2.0 has no transactions",
                  "reads-transactions": "kafka-python 2.0 shows the markers of transactions, and has no isolation level"}
        lacks["assignor-sticky"] = "the sticky assignor of kafka-python 2.0 ends in a TypeError of its own"
        del ASSIGNORS["sticky"]
    emit(codecs=["gzip", "snappy", "lz4", "zstd"], assignors={name: name for name in ASSIGNORS}, lacks=lacks,
         fenced="^(ProducerFenced|InvalidProducerEpoch)")


def admin(options):
    return KafkaAdminClient(bootstrap_servers=options["bootstrap"])


def metadata(options):
    consumer = kafka.KafkaConsumer(bootstrap_servers=options["bootstrap"])
    partitions = consumer.partitions_for_topic(options["topic"])
    cluster = consumer._client.cluster
    emit(brokers=[{"id": broker.nodeId if hasattr(broker, "nodeId") else broker.node_id, "host": broker.host,
                   "port": broker.port} for broker in cluster.brokers()], partitions=len(partitions))
    consumer.close()


def create(options):
    admin(options).create_topics([NewTopic(options["topic"], options["partitions"], 1)])


def describe(options):
    """The two releases name the fields differently."""
    found = admin(options).describe_topics([options["topic"]])[0]["partitions"]
    names = ("partition_index", "leader_id", "replica_nodes", "isr_nodes") if NEW else (
        "partition", "leader", "replicas", "isr")
    emit_description([each[name] for name in names] for each in found)


def delete(options):
    admin(options).delete_topics([options["topic"]])


def producer(options):
    more = {"enable_idempotence": bool(options.get("idempotent"))} if NEW else {}
    codec = options.get("codec", "none")
    return kafka.KafkaProducer(bootstrap_servers=options["bootstrap"], acks=ACKS[options["acks"]], linger_ms=5,
                               compression_type=None if codec == "none" else codec,
                               max_request_size=options.get("max_bytes", 1_048_576), **more)


def produce(options):
    client = producer(options)
    futures = [client.send(options["topic"], value=each["value"], key=each["key"], headers=each["headers"],
                           partition=each["partition"], timestamp_ms=each["timestamp"]) for each in records()]
    client.flush()
    for future in futures:
        done = future.get(30)
        emit(partition=done.partition, offset=done.offset)
    client.close()


def consume(options):
    more = {"isolation_level": options["isolation"]} if "isolation" in options else {}
    consumer = kafka.KafkaConsumer(bootstrap_servers=options["bootstrap"], enable_auto_commit=False, **more)
    partitions = [kafka.TopicPartition(options["topic"], number)
                  for number in consumer.partitions_for_topic(options["topic"])]
    consumer.assign(partitions)
    seek(consumer, partitions, options["from"])
    emit(ready=True)
    left = options["count"]
    while left > 0:
        for batch in consumer.poll(500).values():
            for each in batch[:left]:
                emit_record((each.partition, each.offset), each.key, each.value, each.headers, each.timestamp)
            left -= len(batch)
    consumer.close()


def seek(consumer, partitions, start):
    if start == "earliest":
        consumer.seek_to_beginning(*partitions)
    elif start == "latest":
        consumer.seek_to_end(*partitions)
        [consumer.position(partition) for partition in partitions]
    elif "offset" in start:
        consumer.seek(partitions[0], start["offset"])
    else:
        found = consumer.offsets_for_times({partitions[0]: start["timestamp"]})
        consumer.seek(partitions[0], found[partitions[0]].offset)


def member(options):
    stop = Stop()
    more = {"group_instance_id": options["instance"]} if options.get("instance") else {}
    consumer = kafka.KafkaConsumer(
        options["topic"], bootstrap_servers=options["bootstrap"], group_id=options["group"],
        client_id=options["name"], auto_offset_reset="earliest", enable_auto_commit=False,
        session_timeout_ms=options.get("session_ms", 6000), heartbeat_interval_ms=500, metadata_max_age_ms=5000,
        partition_assignment_strategy=[ASSIGNORS[options["assignor"] or "range"]], **more)
    # Without it the partitions become known during the first join, which makes kafka-python 3.0.12 join again; a poll that
    # ends in the midst of that one leaves the member without heartbeats for good (need_rejoin() is false by then).
    consumer.partitions_for_topic(options["topic"])
    while not stop.asked:
        for batch in consumer.poll(200).values():
            for each in batch:
                emit(partition=each.partition, offset=each.offset)
        commit(consumer)
    consumer.close()


def commit(consumer):
    try:
        consumer.commit()
    except kafka.errors.KafkaError:
        pass  # the group moves on, or the broker is away: what is read twice then was not missed


def transactional(options):
    return kafka.KafkaProducer(bootstrap_servers=options["bootstrap"], transactional_id=options["id"],
                               transaction_timeout_ms=options.get("timeout_ms", 60_000))


def transact(options):
    client = transactional(options)
    doing = {"init": lambda _: client.init_transactions(), "begin": lambda _: client.begin_transaction(),
             "send": lambda records: send(client, options["topic"], records),
             "commit": lambda _: client.commit_transaction(), "abort": lambda _: client.abort_transaction()}
    for step, to_send in steps():
        try:
            doing[step](to_send)
            emit(done=step)
        except kafka.errors.KafkaError as problem:
            emit_error(problem)


def send(client, topic, to_send):
    for future in [client.send(topic, value=each["value"], key=each["key"], partition=each["partition"]) for each in to_send]:
        future.get(30)


def copy(options):
    client = transactional(options)
    client.init_transactions()
    consumer = kafka.KafkaConsumer(
        options["topic"], bootstrap_servers=options["bootstrap"], group_id=options["group"], client_id=options["name"],
        auto_offset_reset="earliest", enable_auto_commit=False, session_timeout_ms=6000, heartbeat_interval_ms=500,
        isolation_level="read_committed", max_poll_records=10)
    left = options["count"]
    while left > 0:
        batches = consumer.poll(500)
        if batches:
            client.begin_transaction()
            messages = [each for batch in batches.values() for each in batch]
            for each in messages:
                client.send(options["target"], value=each.value + b"!", key=each.key, partition=each.partition)
            client.send_offsets_to_transaction({partition: kafka.OffsetAndMetadata(batch[-1].offset + 1, "", -1)
                                                for partition, batch in batches.items()}, consumer.group_metadata())
            client.flush()
            hold_if_asked(options, len(messages))
            client.commit_transaction()
            left -= len(messages)
            emit(copied=len(messages))
    consumer.close()
    client.close()


def stream(options):
    client = kafka.KafkaProducer(bootstrap_servers=options["bootstrap"], acks="all", retries=1000,
                                 **({"enable_idempotence": True} if NEW else {"max_in_flight_requests_per_connection": 1}))
    futures = []
    for number in range(options["count"]):
        futures.append(client.send(options["topic"], str(number).encode()).add_callback(lambda _: emit(acked=1)))
        time.sleep(0.001)
    for future in futures:
        future.get(60)
    client.close()


def list_groups(options):
    listed = admin(options).list_consumer_groups() if not NEW else admin(options).list_groups()
    emit(groups=[each[0] if isinstance(each, tuple) else each["group_id"] for each in listed])


def describe_group(options):
    if NEW:
        found = admin(options).describe_groups([options["group"]])[options["group"]]
        emit(state=found["group_state"], members=[each["client_id"] for each in found["members"]])
    else:
        found = admin(options).describe_consumer_groups([options["group"]])[0]
        emit(state=found.state, members=[each.client_id for each in found.members])


def group_offsets(options):
    if NEW:
        found = admin(options).list_group_offsets(options["group"])[options["group"]]
    else:
        found = admin(options).list_consumer_group_offsets(options["group"])
    emit(offsets={f"{partition.topic}-{partition.partition}": at.offset for partition, at in found.items()})


def delete_offsets(options):
    if not NEW:
        return emit(na="kafka-python 2.0 cannot delete offsets")
    partition = kafka.TopicPartition(options["topic"], options["partition"])
    error = admin(options).delete_group_offsets(options["group"], [partition])[partition]
    if error is not kafka.errors.NoError:
        raise error()


def delete_group(options):
    if NEW:
        admin(options).delete_groups([options["group"]])
    else:
        admin(options).delete_consumer_groups([options["group"]])


main({"features": features, "metadata": metadata, "create": create, "describe": describe, "delete": delete,
      "produce": produce, "consume": consume, "member": member, "stream": stream, "transact": transact, "copy": copy, "list-groups": list_groups,
      "describe-group": describe_group, "group-offsets": group_offsets, "delete-offsets": delete_offsets,
      "delete-group": delete_group})
