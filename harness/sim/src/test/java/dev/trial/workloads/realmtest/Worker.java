package dev.trial.workloads.realmtest;

import dev.trial.core.history.Action.Note;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends until told to stop, from a pool of workers; fails, or leaves its producer open, if asked.
 */
public final class Worker implements ClientProgram {

  @Override
  public void run(ClientContext context) throws Exception {
    if (context.parameters().flag("fail", false)) {
      throw new IllegalStateException("asked to fail");
    }
    Map<String, Object> settings = new HashMap<>(context.settings());
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    CountDownLatch helper = new CountDownLatch(1);
    context.spawn("helper", helper::countDown);
    helper.await();
    int sent = 0;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    while (!context.stopping()) {
      String value = "v" + sent++;
      Future<RecordMetadata> done =
          pool.submit(() -> producer.send(new ProducerRecord<>("t", value)).get());
      done.get(10, TimeUnit.SECONDS);
      context.sleep(20 + context.random("pace").nextInt(20));
    }
    pool.shutdown();
    if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the pool goes on");
    }
    if (!context.parameters().flag("leave", false)) {
      producer.close();
    }
    context.recorder().fact(context.process(), new Note("sent " + sent));
  }
}
