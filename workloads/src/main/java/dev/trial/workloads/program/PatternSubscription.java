package dev.trial.workloads.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * Subscriptions by a pattern. Classic members match names themselves and subscribe to what they
 * found; of the consumer protocol (KIP-848) the pattern goes to the coordinator, as a {@code
 * SubscriptionPattern}. That class is of 4.0, younger than the client that this is compiled
 * against.
 */
final class PatternSubscription {
  private static final String SERVER_SIDE = "org.apache.kafka.clients.consumer.SubscriptionPattern";

  private PatternSubscription() {}

  static void of(
      Consumer<byte[], byte[]> consumer, String pattern, ConsumerRebalanceListener listener) {
    try {
      Class<?> type = Class.forName(SERVER_SIDE);
      Object told = type.getConstructor(String.class).newInstance(pattern);
      Method subscribe =
          Consumer.class.getMethod("subscribe", type, ConsumerRebalanceListener.class);
      subscribe.invoke(consumer, told, listener);
    } catch (InvocationTargetException refused) {
      orByTheClient(refused.getCause(), consumer, pattern, listener);
    } catch (ClassNotFoundException beforeFour) {
      consumer.subscribe(Pattern.compile(pattern), listener);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("no subscription by " + SERVER_SIDE + " here", unknown);
    }
  }

  /** A consumer of the classic protocol refuses patterns of the other one. */
  private static void orByTheClient(
      Throwable refusal,
      Consumer<byte[], byte[]> consumer,
      String pattern,
      ConsumerRebalanceListener listener) {
    if (!(refusal instanceof UnsupportedOperationException)) {
      throw new IllegalStateException("subscribing by " + pattern + " failed", refusal);
    }
    consumer.subscribe(Pattern.compile(pattern), listener);
  }
}
