// Admin, an idempotent producer, a transaction and a group with kafkajs.
const assert = require('node:assert');
const { ConfigResourceTypes, Kafka, logLevel } = require('kafkajs');

const topic = process.env.TOPIC;
const kafka = new Kafka({
  brokers: process.env.BOOTSTRAP.split(','),
  clientId: 'try-kafkajs',
  logLevel: logLevel.NOTHING,
});

async function administer() {
  const admin = kafka.admin();
  await admin.connect();
  const { brokers } = await admin.describeCluster();
  assert.strictEqual(brokers.length, Number(process.env.BROKERS));
  assert.ok(await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 2 }] }));
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{
      type: ConfigResourceTypes.TOPIC,
      name: topic,
      configEntries: [{ name: 'retention.ms', value: '3600000' }],
    }],
  });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
  });
  assert.strictEqual(resources[0].configEntries[0].configValue, '3600000');
  await assert.rejects(
    admin.createTopics({ topics: [{ topic: 'no good name' }] }),
    (refusal) => refusal.errors[0].type === 'INVALID_TOPIC_EXCEPTION');
  return admin;
}

async function produce() {
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const messages = Array.from({ length: 100 }, (_, n) => ({
    key: `key-${n % 10}`,
    value: `plain ${n}`,
    headers: { number: `${n}` },
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();

  const transactional = kafka.producer({
    transactionalId: `${topic}-tx`,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await transactional.connect();
  for (const end of ['commit', 'abort']) {
    const transaction = await transactional.transaction();
    await transaction.send({ topic, messages: [{ key: end, value: end }] });
    await transaction[end]();
  }
  await transactional.disconnect();
}

async function consume() {
  const consumer = kafka.consumer({ groupId: topic, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const values = new Set();
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
    setTimeout(() => reject(new Error(`only ${values.size} values read in a minute`)), 60000).unref();
    consumer.run({
      eachMessage: async ({ message }) => {
        values.add(message.value.toString());
        if (values.size >= 101) resolve();
      },
    });
  });
  await consumer.disconnect();
  assert.ok(values.has('commit') && !values.has('abort'), [...values].slice(-5).join());
}

async function main() {
  const admin = await administer();
  await produce();
  await consume();
  const committed = await admin.fetchOffsets({ groupId: topic, topics: [topic] });
  const ends = await admin.fetchTopicOffsets(topic);
  assert.strictEqual(committed[0].partitions.length, 3);
  assert.strictEqual(ends.length, 3);
  await admin.deleteGroups([topic]);
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  console.log(`version=${require('kafkajs/package.json').version}`);
  console.log('did=topics, partitions, configs, idempotent produce, a transaction, a group, offsets');
}

main().then(() => process.exit(0), (error) => { console.error(error.stack); process.exit(1); });
