package dev.trial.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a spec, to be spoilt. */
final class SpecText {
  private static final String PLAIN =
      """
      {
        "claim": null,
        "workload": "produce-consume",
        "parameters": {},
        "profile": {
          "shape": {"brokers":3,"controllers":3},
          "broker": {"broker.session.timeout.ms":"2000","broker.heartbeat.interval.ms":"400"},
          "topic": {"min.insync.replicas":"2"},
          "producer": {"acks":"all"},
          "consumer": {"auto.offset.reset":"earliest"}
        },
        "target": "sim",
        "client": "4.3.1",
        "seed": 3,
        "load_ms": 500,
        "faults": [],
        "mutants": []
      }
      """;

  private SpecText() {}

  /** A short run of nothing but sends and polls. */
  static ObjectNode plain() throws IOException {
    return (ObjectNode) new JsonMapper().readTree(PLAIN);
  }

  static void write(Path run, ObjectNode spec) throws IOException {
    Files.writeString(run.resolve("spec.json"), spec.toString());
  }
}
