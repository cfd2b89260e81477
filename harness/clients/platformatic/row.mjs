// Admin, a producer and groups of both protocols with @platformatic/kafka.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';

const topic = process.env.TOPIC;
const common = { clientId: 'try-platformatic', bootstrapBrokers: process.env.BOOTSTRAP.split(',') };

async function produce() {
  const producer = new Producer({ ...common, serializers: stringSerializers, idempotent: true });
  const messages = Array.from({ length: 100 }, (_, n) => ({
    topic,
    key: `key-${n % 10}`,
    value: `plain ${n}`,
    headers: { number: `${n}` },
  }));
  await producer.send({ messages, acks: -1 });
  await producer.close();
}

async function consume(groupProtocol) {
  const consumer = new Consumer({
    ...common,
    groupId: `${topic}-${groupProtocol}`,
    groupProtocol,
    deserializers: stringDeserializers,
    autocommit: true,
  });
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest', sessionTimeout: 10000, heartbeatInterval: 500 });
  const late = setTimeout(() => stream.destroy(new Error('not all values read in a minute')), 60000);
  const values = new Set();
  for await (const message of stream) {
    values.add(message.value);
    if (values.size >= 100) break;
  }
  clearTimeout(late);
  await consumer.close(true);
}

async function main() {
  const admin = new Admin(common);
  await admin.createTopics({ topics: [topic], partitions: 3, replicas: -1 });
  await produce();
  await consume('classic');
  await consume('consumer');
  await admin.deleteTopics({ topics: [topic] });
  await admin.close();
  const { version } = JSON.parse(readFileSync('node_modules/@platformatic/kafka/package.json'));
  console.log(`version=${version}`);
  console.log('did=topics, idempotent produce, groups of both protocols');
}

main().then(() => process.exit(0), (error) => { console.error(error.stack); process.exit(1); });
