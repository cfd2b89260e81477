package dev.trial.core.profile;

import dev.trial.core.cluster.ClusterShape;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings under trial, by Kafka's own names. Maps are sorted, so that a profile prints the same
 * everywhere.
 *
 * @param shape nodes of the cluster
 * @param broker broker settings
 * @param topic settings of the topics under test
 * @param producer producer client settings
 * @param consumer consumer client settings
 */
public record Profile(
    ClusterShape shape,
    Map<String, String> broker,
    Map<String, String> topic,
    Map<String, String> producer,
    Map<String, String> consumer) {

  /** No settings at all beyond Kafka's defaults, on three brokers. */
  public static final Profile DEFAULTS =
      new Profile(ClusterShape.THREE, Map.of(), Map.of(), Map.of(), Map.of());

  public Profile {
    broker = sorted(broker);
    topic = sorted(topic);
    producer = sorted(producer);
    consumer = sorted(consumer);
  }

  /** This profile with one broker setting changed. */
  public Profile broker(String name, Object value) {
    return new Profile(shape, with(broker, name, value), topic, producer, consumer);
  }

  /** This profile with one topic setting changed. */
  public Profile topic(String name, Object value) {
    return new Profile(shape, broker, with(topic, name, value), producer, consumer);
  }

  /** This profile with one producer setting changed. */
  public Profile producer(String name, Object value) {
    return new Profile(shape, broker, topic, with(producer, name, value), consumer);
  }

  /** This profile with one consumer setting changed. */
  public Profile consumer(String name, Object value) {
    return new Profile(shape, broker, topic, producer, with(consumer, name, value));
  }

  /** This profile without that topic setting, which then has Kafka's default. */
  public Profile withoutTopic(String name) {
    return new Profile(shape, broker, without(topic, name), producer, consumer);
  }

  /** This profile without that producer setting, which then has the client's default. */
  public Profile withoutProducer(String name) {
    return new Profile(shape, broker, topic, without(producer, name), consumer);
  }

  /** This profile without that consumer setting, which then has the client's default. */
  public Profile withoutConsumer(String name) {
    return new Profile(shape, broker, topic, producer, without(consumer, name));
  }

  private static Map<String, String> without(Map<String, String> settings, String name) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.remove(name);
    return changed;
  }

  private static Map<String, String> with(Map<String, String> settings, String name, Object value) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.put(name, String.valueOf(value));
    return changed;
  }

  private static Map<String, String> sorted(Map<String, String> settings) {
    return java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
