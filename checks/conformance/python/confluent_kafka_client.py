"""confluent-kafka: librdkafka in Python's clothes."""
import time

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaException, Producer, TopicCollection
from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from verbs import Stop, emit, emit_description, emit_error, emit_record, hold_if_asked, main, records, steps

ASSIGNORS = ("range", "roundrobin", "cooperative-sticky")


def features(_):
    emit(codecs=["gzip", "snappy", "lz4", "zstd"], assignors={name: name for name in ASSIGNORS}, lacks={},
         protocols=["classic", "consumer"],
         fenced="_FENCED|PRODUCER_FENCED|INVALID_PRODUCER_EPOCH")


def config(options, **more):
    return {"bootstrap.servers": options["bootstrap"], "reconnect.backoff.max.ms": 500,
            **{name.replace("_", "."): value for name, value in more.items()}}


def metadata(options):
    found = AdminClient(config(options)).list_topics(options["topic"], timeout=10)
    emit(brokers=[{"id": each.id, "host": each.host, "port": each.port} for each in found.brokers.values()],
         partitions=len(found.topics[options["topic"]].partitions))


def create(options):
    admin = AdminClient(config(options))  # kept by name: a future does not outlive its client
    admin.create_topics([NewTopic(options["topic"], options["partitions"], 1)])[options["topic"]].result(20)


def describe(options):
    admin = AdminClient(config(options))
    found = admin.describe_topics(TopicCollection([options["topic"]]))[options["topic"]].result(20).partitions
    emit_description((each.id, each.leader.id, [node.id for node in each.replicas], [node.id for node in each.isr])
                     for each in found)


def delete(options):
    admin = AdminClient(config(options))
    admin.delete_topics([options["topic"]])[options["topic"]].result(20)


def produce(options):
    producer = Producer(config(options, acks=options["acks"], linger_ms=5, compression_type=options.get("codec", "none"),
                               message_max_bytes=options.get("max_bytes", 1_000_000),
                               enable_idempotence=bool(options.get("idempotent"))))
    reports = []
    for each in records():
        place = {"partition": each["partition"]} if each["partition"] is not None else {}
        producer.produce(options["topic"], value=each["value"], key=each["key"], headers=each["headers"],
                         timestamp=each["timestamp"] or 0, on_delivery=lambda *report: reports.append(report), **place)
        producer.poll(0)
    producer.flush(30)
    for error, message in reports:
        if error:
            raise KafkaException(error)
        emit(partition=message.partition(), offset=message.offset())


def consume(options):
    consumer = Consumer(config(options, group_id="unused", enable_auto_commit=False,
                               fetch_message_max_bytes=2_000_000,
                               isolation_level=options.get("isolation", "read_committed")))
    partitions = consumer.list_topics(options["topic"], timeout=10).topics[options["topic"]].partitions
    consumer.assign(positions(consumer, options, partitions))
    emit(ready=True)
    left = options["count"]
    while left:
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        emit_record((message.partition(), message.offset()), message.key(), message.value(), message.headers(),
                    message.timestamp()[1])
        left -= 1
    consumer.close()


def positions(consumer, options, partitions):
    start = options["from"]
    if isinstance(start, str):
        offset = {"earliest": OFFSET_BEGINNING, "latest": OFFSET_END}[start]
    elif "offset" in start:
        offset = start["offset"]
    else:
        offset = consumer.offsets_for_times([TopicPartition(options["topic"], 0, start["timestamp"])], 10)[0].offset
    return [TopicPartition(options["topic"], number, offset) for number in partitions]


def member(options):
    stop = Stop()
    more = {"group_instance_id": options["instance"]} if options.get("instance") else {}
    if options.get("protocol") == "consumer":
        more["group_protocol"] = "consumer"
    else:
        more |= {"session_timeout_ms": options.get("session_ms", 6000), "heartbeat_interval_ms": 500,
                 "partition_assignment_strategy": options["assignor"] or "range"}
    consumer = Consumer(config(options, group_id=options["group"], client_id=options["name"],
                               auto_offset_reset="earliest", enable_auto_commit=False,
                               topic_metadata_refresh_interval_ms=1000, **more))
    consumer.subscribe([options.get("regex") or options["topic"]])
    while not stop.asked:
        for message in consumer.consume(500, 0.2):
            if not message.error():
                emit(topic=message.topic(), partition=message.partition(), offset=message.offset())
        try:
            consumer.commit(asynchronous=False)
        except KafkaException:
            pass  # nothing to commit, the group moves on, or the broker is away
    consumer.close()


def transactional(options):
    return Producer(config(options, transactional_id=options["id"], transaction_timeout_ms=options.get("timeout_ms", 60_000)))


def transact(options):
    producer = transactional(options)
    doing = {"init": lambda _: producer.init_transactions(30), "begin": lambda _: producer.begin_transaction(),
             "send": lambda records: send(producer, options["topic"], records),
             "commit": lambda _: producer.commit_transaction(30), "abort": lambda _: producer.abort_transaction(30)}
    for step, to_send in steps():
        try:
            doing[step](to_send)
            emit(done=step)
        except KafkaException as problem:
            emit_error(problem)
        except SystemError as problem:  # delivery reports come although a fatal error has been raised already
            emit_error(problem.__cause__)


def send(producer, topic, to_send):
    failures = []
    for each in to_send:
        producer.produce(topic, value=each["value"], key=each["key"], partition=each["partition"],
                         on_delivery=lambda error, _: failures.append(error) if error else None)
    producer.flush(30)
    if failures:
        raise KafkaException(failures[0])


def copy(options):
    producer = transactional(options)
    producer.init_transactions(30)
    consumer = Consumer(config(options, group_id=options["group"], client_id=options["name"], auto_offset_reset="earliest",
                               enable_auto_commit=False, session_timeout_ms=6000, isolation_level="read_committed"))
    consumer.subscribe([options["topic"]])
    left = options["count"]
    while left > 0:
        messages = [each for each in consumer.consume(10, 0.5) if not each.error()]
        if messages:
            producer.begin_transaction()
            for each in messages:
                producer.produce(options["target"], each.value() + b"!", each.key(), each.partition())
            producer.send_offsets_to_transaction(consumer.position(consumer.assignment()),
                                                 consumer.consumer_group_metadata(), 30)
            producer.flush(30)
            hold_if_asked(options, len(messages))
            producer.commit_transaction(30)
            left -= len(messages)
            emit(copied=len(messages))
    consumer.close()


def stream(options):
    failures = []
    producer = Producer(config(options, enable_idempotence=True))
    for number in range(options["count"]):
        producer.produce(options["topic"], str(number),
                         on_delivery=lambda error, _: failures.append(error) if error else emit(acked=1))
        producer.poll(0)
        time.sleep(0.001)
    producer.flush(60)
    if failures:
        raise KafkaException(failures[0])


def list_groups(options):
    admin = AdminClient(config(options))
    emit(groups=[each.group_id for each in admin.list_consumer_groups().result(20).valid])


def describe_group(options):
    admin = AdminClient(config(options))
    found = admin.describe_consumer_groups([options["group"]])[options["group"]].result(20)
    emit(state=found.state.name.title(), members=[each.client_id for each in found.members])


def group_offsets(options):
    admin = AdminClient(config(options))
    asked = ConsumerGroupTopicPartitions(options["group"])
    found = admin.list_consumer_group_offsets([asked])[options["group"]].result(20)
    emit(offsets={f"{each.topic}-{each.partition}": each.offset for each in found.topic_partitions})


def delete_group(options):
    admin = AdminClient(config(options))
    admin.delete_consumer_groups([options["group"]])[options["group"]].result(20)


main({"features": features, "metadata": metadata, "create": create, "describe": describe, "delete": delete,
      "produce": produce, "consume": consume, "member": member, "stream": stream, "transact": transact, "copy": copy, "list-groups": list_groups,
      "describe-group": describe_group, "group-offsets": group_offsets, "delete-group": delete_group})
