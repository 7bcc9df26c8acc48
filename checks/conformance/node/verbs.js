// What Node's programs share: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs).
const fs = require('fs')
const readline = require('readline')

const emit = (answer) => fs.writeSync(1, JSON.stringify(answer) + '\n')

const decoded = (text) => (text === null ? null : Buffer.from(text, 'base64'))

const encoded = (data) => (data === null || data === undefined ? null : Buffer.from(data).toString('base64'))

/** The records on stdin, with bytes in place of base64. */
async function records() {
  const found = []
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const record = JSON.parse(line)
    found.push({ ...record, key: decoded(record.key), value: decoded(record.value) })
  }
  return found
}

/** Steps of a transaction, one a line: [name, records]. */
async function* steps() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, found = []] = JSON.parse(line)
    yield [name, found.map((record) => ({ ...record, key: decoded(record.key), value: decoded(record.value) }))]
  }
}

function emitError(error) {
  console.error(error)
  emit({ error: `${error.name}: ${error.type || ''} ${error.message} ${(error.errors || []).map((e) => e.type)}` })
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Calls the verb that the command line names. An error is told, and the scenario judges it. */
async function main(verbs) {
  const [verb, options] = process.argv.slice(2)
  if (!verbs[verb]) return emit({ na: `the client has no ${verb}` })
  try {
    await verbs[verb](JSON.parse(options))
  } catch (error) {
    emitError(error)
  }
  process.exit(0)
}

module.exports = { emit, decoded, encoded, records, steps, emitError, pause, main }
