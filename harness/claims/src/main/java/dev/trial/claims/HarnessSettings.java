package dev.trial.claims;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Client settings that a profile cannot choose: the harness or the workload puts its own in their
 * place, or a trial has no such thing. They would be read and change nothing.
 */
final class HarnessSettings {
  private static final Set<String> OF_THE_HARNESS =
      Set.of(
          "bootstrap.servers",
          "client.id",
          "key.deserializer",
          "key.serializer",
          "value.deserializer",
          "value.serializer");
  private static final Set<String> OF_THE_WORKLOAD =
      Set.of("enable.auto.commit", "group.id", "group.instance.id", "transactional.id");
  private static final Set<String> FOREIGN_CLASSES =
      Set.of("config.providers", "interceptor.classes", "metric.reporters", "security.providers");
  private static final Set<String> CLIENT_CLASSES =
      Set.of("partition.assignment.strategy", "partitioner.class");
  private static final String CLIENT_PACKAGE = "org.apache.kafka.";

  private HarnessSettings() {}

  /** Why a profile cannot choose this; null if it can. */
  static String refusal(String name, String value) {
    if (OF_THE_HARNESS.contains(name)) {
      return "the harness sets it";
    }
    if (OF_THE_WORKLOAD.contains(name)) {
      return "the workload sets it";
    }
    if (FOREIGN_CLASSES.contains(name)) {
      return "the clients of a trial have no classes but those of kafka-clients";
    }
    if (CLIENT_CLASSES.contains(name) && !allOfTheClient(value)) {
      return "'" + value + "' names a class that is not one of kafka-clients, " + CLIENT_PACKAGE;
    }
    return secured(name, value) ? "the clients of a trial speak PLAINTEXT only" : null;
  }

  private static boolean allOfTheClient(String value) {
    List<String> classes = Arrays.stream(value.split(",")).map(String::trim).toList();
    return classes.stream().allMatch(each -> each.isEmpty() || each.startsWith(CLIENT_PACKAGE));
  }

  private static boolean secured(String name, String value) {
    boolean other = name.equals("security.protocol") && !value.equals("PLAINTEXT");
    return other || name.startsWith("ssl.") || name.startsWith("sasl.");
  }
}
