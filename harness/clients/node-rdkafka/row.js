// Admin, an idempotent producer, a transaction and a group with librdkafka by node-rdkafka.
const assert = require('node:assert');
const { promisify } = require('node:util');
const rdkafka = require('node-rdkafka');

const topic = process.env.TOPIC;
const common = { 'metadata.broker.list': process.env.BOOTSTRAP };

function started(client) {
  return new Promise((resolve, reject) => {
    client.on('event.error', reject);
    client.connect({ timeout: 20000 }, (error) => (error ? reject(error) : resolve(client)));
  });
}

function call(target, method, ...args) {
  return promisify(target[method].bind(target))(...args);
}

async function administer() {
  const admin = rdkafka.AdminClient.create(common);
  await call(admin, 'createTopic', { topic, num_partitions: 2, replication_factor: -1 }, 20000);
  await call(admin, 'createPartitions', topic, 3, 20000);
  return admin;
}

async function produce() {
  const producer = await started(
    new rdkafka.Producer({ ...common, 'enable.idempotence': true, 'compression.codec': 'lz4' }));
  for (let n = 0; n < 100; n++) {
    producer.produce(topic, null, Buffer.from(`plain ${n}`), `key-${n % 10}`, Date.now(), null, [{ number: `${n}` }]);
  }
  await call(producer, 'flush', 20000);
  await call(producer, 'disconnect');

  const transactional = await started(
    new rdkafka.Producer({ ...common, 'transactional.id': `${topic}-tx` }));
  await call(transactional, 'initTransactions', 20000);
  for (const end of ['commit', 'abort']) {
    await call(transactional, 'beginTransaction');
    transactional.produce(topic, null, Buffer.from(end), end);
    await call(transactional, `${end}Transaction`, 20000);
  }
  await call(transactional, 'disconnect');
}

async function consume() {
  const consumer = new rdkafka.KafkaConsumer(
    { ...common, 'group.id': topic, 'enable.auto.commit': false },
    { 'auto.offset.reset': 'earliest' });
  await started(consumer);
  const values = new Set();
  await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`only ${values.size} values read in a minute`)), 60000).unref();
    consumer.on('data', (message) => {
      values.add(message.value.toString());
      if (values.size >= 101) resolve();
    });
    consumer.subscribe([topic]);
    consumer.consume();
  });
  consumer.commitSync();
  await call(consumer, 'disconnect');
  assert.ok(values.has('commit') && !values.has('abort'), [...values].slice(-5).join());
}

async function main() {
  const admin = await administer();
  await produce();
  await consume();
  await call(admin, 'deleteTopic', topic, 20000);
  admin.disconnect();
  console.log(`version=${require('node-rdkafka/package.json').version}, librdkafka ${rdkafka.librdkafkaVersion}`);
  console.log('did=topics, partitions, idempotent produce, a transaction, a group, commits');
}

main().then(() => process.exit(0), (error) => { console.error(error.stack || error); process.exit(1); });
