// kafkajs, with the codecs that its documentation tells to plug in
const { Kafka, CompressionCodecs, CompressionTypes, PartitionAssigners, logLevel } = require('kafkajs')
const lz4 = require('lz4-napi')
const { ZstdCodec } = require('zstd-codec')
const { emit, decoded, encoded, records, steps, emitError, pause, main } = require('./verbs')

const acks = { 0: 0, 1: 1, all: -1 }
const codecs = {
  none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy, lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
}
const zstd = new Promise((resolve) => ZstdCodec.run(({ Streaming }) => resolve(new Streaming())))

CompressionCodecs[CompressionTypes.Snappy] = require('kafkajs-snappy')
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: ({ buffer }) => lz4.compressFrame(buffer),
  decompress: (buffer) => lz4.decompressFrame(buffer),
})
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async ({ buffer }) => Buffer.from((await zstd).compress(buffer, 3)),
  decompress: async (buffer) => Buffer.from((await zstd).decompress(buffer)),
})

const connect = (options, retries = 8) => new Kafka({
  brokers: [options.bootstrap], clientId: options.name || 'conformance', logLevel: logLevel.NOTHING,
  retry: { retries, initialRetryTime: 100, maxRetryTime: 500 },
})

async function withAdmin(options, work) {
  const admin = connect(options).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

function features() {
  emit({
    codecs: ['gzip', 'snappy', 'lz4', 'zstd'], assignors: { roundrobin: 'RoundRobinAssigner' },
    fenced: 'PRODUCER_FENCED|INVALID_PRODUCER_EPOCH',
    lacks: { static: 'kafkajs has no static membership', 'null-headers': 'kafkajs cannot send null in headers' },
  })
}

const metadata = (options) => withAdmin(options, async (admin) => {
  const { brokers } = await admin.describeCluster()
  const { topics } = await admin.fetchTopicMetadata({ topics: [options.topic] })
  emit({
    brokers: brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
    partitions: topics[0].partitions.length,
  })
})

const create = (options) => withAdmin(options, async (admin) => {
  const topic = { topic: options.topic, numPartitions: options.partitions }
  if (!await admin.createTopics({ topics: [topic] })) throw new Error('the topic already exists')
})

const describe = (options) => withAdmin(options, async (admin) => {
  const { topics: [{ partitions }] } = await admin.fetchTopicMetadata({ topics: [options.topic] })
  emit({ partitions: partitions.map(({ partitionId, leader, replicas, isr }) => ({ partition: partitionId, leader, replicas, isr })) })
})

const remove = (options) => withAdmin(options, (admin) => admin.deleteTopics({ topics: [options.topic] }))

/** kafkajs keeps repeated headers as an array. */
function toHeaders(pairs) {
  const headers = {}
  for (const [name, value] of pairs) {
    headers[name] = headers[name] === undefined ? decoded(value) : [headers[name], decoded(value)].flat()
  }
  return headers
}

const fromHeaders = (headers) => Object.entries(headers)
  .flatMap(([name, values]) => [values].flat().map((value) => [name, encoded(value)]))

async function produce(options) {
  const firstPartition = () => ({ message }) => message.partition ?? 0
  const producer = connect(options).producer({ idempotent: !!options.idempotent, createPartitioner: firstPartition })
  await producer.connect()
  const messages = (await records()).map((each) => ({
    key: each.key, value: each.value, headers: toHeaders(each.headers),
    ...(each.timestamp === null ? {} : { timestamp: String(each.timestamp) }),
    ...(each.partition === null ? {} : { partition: each.partition }),
  }))
  const places = await producer.send({
    topic: options.topic, acks: acks[options.acks], compression: codecs[options.codec || 'none'], messages,
  })
  for (const place of places || []) tell(place, messages)
  await producer.disconnect()
}

/** kafkajs tells the first offset of each partition. */
function tell({ partition, baseOffset }, messages) {
  const count = messages.filter((message) => (message.partition ?? 0) === partition).length
  for (let i = 0; i < count; i++) emit({ partition, offset: Number(baseOffset) + i })
}

const offsetAt = ({ topic, from, ...options }) => withAdmin(options, async (admin) => {
  const [{ offset }] = await admin.fetchTopicOffsetsByTimestamp(topic, from.timestamp)
  return offset
})

async function consume(options) {
  const consumer = connect(options).consumer({ groupId: `reader-of-${options.topic}-${process.pid}`, maxWaitTimeInMs: 200,
    readUncommitted: options.isolation === 'read_uncommitted' })
  const { topic, from } = options
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: from !== 'latest' })
  const offset = from.timestamp === undefined ? from.offset : await offsetAt(options)
  let left = options.count
  const done = new Promise((resolve) => consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      if (left-- <= 0) return
      emit({
        partition, offset: Number(message.offset), timestamp: Number(message.timestamp), key: encoded(message.key),
        value: encoded(message.value), headers: fromHeaders(message.headers),
      })
      if (left === 0) resolve()
    },
  }))
  // At once, before the consumer has joined: it reads nothing from elsewhere.
  if (offset !== undefined) consumer.seek({ topic, partition: 0, offset: String(offset) })
  emit({ ready: true })
  await done
}

async function member(options) {
  const consumer = connect(options, 1000).consumer({
    groupId: options.group, sessionTimeout: options.session_ms || 6000, heartbeatInterval: 500,
    partitionAssigners: [PartitionAssigners.roundRobin], maxWaitTimeInMs: 200, metadataMaxAge: 5000,
  })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ partition, message }) => emit({ partition, offset: Number(message.offset) }),
  })
  await new Promise((resolve) => process.once('SIGTERM', resolve))
  await consumer.disconnect()
}

async function transactional(options) {
  const place = () => ({ message }) => message.partition ?? 0
  return connect(options).producer({
    transactionalId: options.id, transactionTimeout: options.timeout_ms || 60000, idempotent: true, maxInFlightRequests: 1,
    createPartitioner: place,
  })
}

async function transact(options) {
  const producer = await transactional(options)
  let transaction
  let first // kafkajs makes itself known to the coordinator when it begins its first transaction
  const doing = {
    init: async () => {
      await producer.connect()
      first = await producer.transaction()
    },
    begin: async () => {
      transaction = first || await producer.transaction()
      first = undefined
    },
    send: (messages) => transaction.send({
      topic: options.topic, acks: -1, messages: messages.map(({ key, value, partition }) => ({ key, value, partition })),
    }),
    commit: () => transaction.commit(),
    abort: () => transaction.abort(),
  }
  for await (const [step, messages] of steps()) {
    try {
      await doing[step](messages)
      emit({ done: step })
    } catch (error) {
      emitError(error)
    }
  }
}

/** Each batch that the consumer is given is a transaction. */
async function copy(options) {
  const producer = await transactional(options)
  await producer.connect()
  const consumer = connect(options).consumer({
    groupId: options.group, sessionTimeout: 6000, heartbeatInterval: 500, maxWaitTimeInMs: 200,
  })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  let left = options.count
  await new Promise((resolve, reject) => consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: true,
    eachBatch: ({ batch }) => inTransaction(producer, options, batch).then((copied) => {
      emit({ copied })
      left -= copied
      if (left <= 0) resolve()
    }, (error) => {
      reject(error)
      throw error
    }),
  }))
  await consumer.disconnect()
  await producer.disconnect()
}

async function inTransaction(producer, options, { partition, messages }) {
  const transaction = await producer.transaction()
  await transaction.send({
    topic: options.target, acks: -1, messages: messages.map(({ key, value }) => ({ key, value: `${value}!`, partition })),
  })
  const offset = String(Number(messages[messages.length - 1].offset) + 1)
  await transaction.sendOffsets({
    consumerGroupId: options.group, topics: [{ topic: options.topic, partitions: [{ partition, offset }] }],
  })
  if (options.hold) {
    emit({ open: messages.length })
    await new Promise(() => {}) // until the end of the process
  }
  await transaction.commit()
  return messages.length
}

async function stream(options) {
  const producer = connect(options, 1000).producer({ idempotent: true, maxInFlightRequests: 1, retry: { retries: 1000 } })
  await producer.connect()
  for (let number = 0; number < options.count; number++) {
    await producer.send({ topic: options.topic, acks: -1, messages: [{ value: String(number) }] })
    emit({ acked: 1 })
    await pause(1)
  }
  await producer.disconnect()
}

const listGroups = (options) => withAdmin(options, async (admin) => {
  const { groups } = await admin.listGroups()
  emit({ groups: groups.map(({ groupId }) => groupId) })
})

const describeGroup = (options) => withAdmin(options, async (admin) => {
  const { groups: [{ state, members }] } = await admin.describeGroups([options.group])
  emit({ state, members: members.map(({ clientId }) => clientId) })
})

const groupOffsets = (options) => withAdmin(options, async (admin) => {
  const found = await admin.fetchOffsets({ groupId: options.group })
  const pairs = found.flatMap(({ topic, partitions }) => partitions
    .map(({ partition, offset }) => [`${topic}-${partition}`, Number(offset)]))
  emit({ offsets: Object.fromEntries(pairs) })
})

const deleteGroup = (options) => withAdmin(options, (admin) => admin.deleteGroups([options.group]))

main({
  features, metadata, create, describe, delete: remove, produce, consume, member, stream, transact, copy, 'list-groups': listGroups,
  'describe-group': describeGroup, 'group-offsets': groupOffsets, 'delete-group': deleteGroup,
})
