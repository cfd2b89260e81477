package dev.trial.core.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.FaultJson;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.util.Map;

/**
 * A run's spec as the text of {@code spec.json}: all that is needed to run again, in a fixed field
 * order, one fault per line. The same spec gives the same text; reading is strict.
 */
public final class RunSpecJson {
  /**
   * What a file may say beside the spec: where it comes from. It makes no difference to the run.
   */
  public static final String FOUND = "found";

  private RunSpecJson() {}

  /** The text of a spec. */
  public static String print(RunSpec spec) {
    return ReadableJson.print(write(spec));
  }

  /** The spec of a text; {@code place} (the file's name) begins each message. */
  public static RunSpec parse(String text, String place) {
    return read(StrictObject.of(ReadableJson.parse(text, place), place));
  }

  /** A spec as a tree. */
  public static ObjectNode write(RunSpec spec) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("claim", spec.claim() == null ? null : spec.claim().toString());
    node.put("workload", spec.workload());
    node.set("parameters", settings(spec.parameters().values()));
    node.set("profile", profile(spec.profile()));
    node.put("target", spec.target());
    node.put("client", spec.client());
    node.put("seed", spec.seed());
    node.put("load_ms", spec.loadMs());
    ArrayNode faults = node.putArray("faults");
    spec.faults().forEach(fault -> faults.add(FaultJson.write(fault)));
    ArrayNode mutants = node.putArray("mutants");
    spec.mutants().forEach(mutants::add);
    return node;
  }

  /** The spec of a tree. */
  public static RunSpec read(StrictObject object) {
    object.allow(
        "claim",
        "workload",
        "parameters",
        "profile",
        "target",
        "client",
        "seed",
        "load_ms",
        "faults",
        "mutants",
        FOUND);
    return new RunSpec(
        claim(object.textOrNull("claim")),
        object.text("workload"),
        new Parameters(object.object("parameters").settings()),
        profile(object.object("profile")),
        object.text("target"),
        object.text("client"),
        object.number("seed"),
        object.amount("load_ms"),
        object.objects("faults").stream().map(FaultJson::read).toList(),
        object.texts("mutants"));
  }

  private static ClaimName claim(String text) {
    return text == null ? null : ClaimName.of(text);
  }

  private static ObjectNode profile(Profile profile) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("shape")
        .put("brokers", profile.shape().brokers())
        .put("controllers", profile.shape().controllers());
    node.set("broker", settings(profile.broker()));
    node.set("topic", settings(profile.topic()));
    node.set("producer", settings(profile.producer()));
    node.set("consumer", settings(profile.consumer()));
    return node;
  }

  private static Profile profile(StrictObject object) {
    object.allow("shape", "broker", "topic", "producer", "consumer");
    StrictObject shape = object.object("shape").allow("brokers", "controllers");
    return new Profile(
        new ClusterShape(shape.integer("brokers"), shape.integer("controllers")),
        object.object("broker").settings(),
        object.object("topic").settings(),
        object.object("producer").settings(),
        object.object("consumer").settings());
  }

  private static ObjectNode settings(Map<String, String> settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    settings.forEach(node::put);
    return node;
  }
}
