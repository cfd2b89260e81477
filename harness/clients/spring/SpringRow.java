import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.FixedBackOff;

/**
 * A template, plain and transactional, and a listener with manual acknowledgement, three threads and an
 * error handler that seeks back.
 */
public final class SpringRow {
  private static final String TOPIC = System.getenv("TOPIC");
  private static final int RECORDS = 100;
  private static final Set<String> HEARD = ConcurrentHashMap.newKeySet();
  private static final CountDownLatch ALL = new CountDownLatch(RECORDS + 1);
  private static final AtomicInteger FAILURES = new AtomicInteger();

  public static void main(String[] arguments) throws Exception {
    try (var context = new AnnotationConfigApplicationContext(Application.class)) {
      send(context);
      if (!ALL.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("heard only " + HEARD.size() + " values in a minute");
      }
    }
    if (HEARD.contains("aborted") || !HEARD.contains("committed") || FAILURES.get() != 1) {
      throw new AssertionError("failures " + FAILURES + ", heard " + HEARD);
    }
    System.out.println("version=" + KafkaTemplate.class.getPackage().getImplementationVersion());
    System.out.println("did=topic by KafkaAdmin, templates, transactions, a listener with retries and manual acknowledgement");
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static void send(AnnotationConfigApplicationContext context) {
    KafkaTemplate<String, String> plain = context.getBean("plain", KafkaTemplate.class);
    for (int n = 0; n < RECORDS; n++) {
      plain.send(TOPIC, "key-" + n % 10, "value " + n);
    }
    plain.flush();
    KafkaTemplate<String, String> transactional = context.getBean("transactional", KafkaTemplate.class);
    transactional.executeInTransaction(each -> each.send(TOPIC, "k", "committed"));
    try {
      transactional.executeInTransaction(
          each -> {
            each.send(TOPIC, "k", "aborted");
            throw new IllegalStateException("on purpose");
          });
    } catch (IllegalStateException expected) {
      // the template has aborted the transaction
    }
  }

  /** The application. */
  @Configuration
  @EnableKafka
  static class Application {
    private static final Map<String, Object> COMMON = Map.of("bootstrap.servers", System.getenv("BOOTSTRAP"));

    @Bean
    KafkaAdmin admin() {
      return new KafkaAdmin(COMMON);
    }

    @Bean
    NewTopic topic() {
      return TopicBuilder.name(TOPIC).partitions(3).replicas(-1).build();
    }

    @Bean
    KafkaTemplate<String, String> plain() {
      return new KafkaTemplate<>(producers());
    }

    @Bean
    KafkaTemplate<String, String> transactional() {
      var producers = producers();
      producers.setTransactionIdPrefix(TOPIC + "-tx-");
      return new KafkaTemplate<>(producers);
    }

    private static DefaultKafkaProducerFactory<String, String> producers() {
      return new DefaultKafkaProducerFactory<>(COMMON, new StringSerializer(), new StringSerializer());
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
      var settings = new java.util.HashMap<>(COMMON);
      settings.putAll(Map.of("auto.offset.reset", "earliest", "isolation.level", "read_committed"));
      var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
      factory.setConsumerFactory(
          new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer()));
      factory.setConcurrency(3);
      factory.getContainerProperties().setAckMode(AckMode.MANUAL);
      factory.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(100, 3)));
      return factory;
    }

    @KafkaListener(topics = "#{systemEnvironment['TOPIC']}", groupId = "#{systemEnvironment['TOPIC']}")
    void listen(ConsumerRecord<String, String> record, Acknowledgment acknowledgment) {
      if (record.value().equals("value 7") && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("on purpose: the container seeks back");
      }
      acknowledgment.acknowledge();
      if (HEARD.add(record.value())) {
        ALL.countDown();
      }
    }
  }
}
