package dev.trial.results.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.StrictObject;

/**
 * {@code shrunk.json}: what a run was before it was made small.
 *
 * @param of the run that it was made of
 * @param runs how many runs were held for it
 * @param cutShort whether the budget ended it: more could go
 */
public record Shrinkage(String of, int runs, boolean cutShort, Sizes before, Sizes after) {
  private static final int VERSION = 1;

  /**
   * How large a run is.
   *
   * @param operations what its clients did, without the final read
   * @param nodes brokers and controllers
   */
  public record Sizes(
      int faults, int clients, int operations, int partitions, int nodes, long loadMs) {

    ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("faults", faults)
          .put("clients", clients)
          .put("operations", operations)
          .put("partitions", partitions)
          .put("nodes", nodes)
          .put("load_ms", loadMs);
    }

    static Sizes read(StrictObject sizes) {
      sizes.allow("faults", "clients", "operations", "partitions", "nodes", "load_ms");
      return new Sizes(
          sizes.integer("faults"),
          sizes.integer("clients"),
          sizes.integer("operations"),
          sizes.integer("partitions"),
          sizes.integer("nodes"),
          sizes.amount("load_ms"));
    }
  }

  /** The file. */
  public ObjectNode toJson() {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    all.put("of", of).put("runs", runs).put("cut_short", cutShort);
    all.set("before", before.toJson());
    all.set("after", after.toJson());
    return all;
  }

  static Shrinkage read(StrictObject file) {
    long version = file.number("version");
    if (version != VERSION) {
      throw file.problem("is of form " + version + "; this trial reads form " + VERSION);
    }
    file.allow("version", "of", "runs", "cut_short", "before", "after");
    return new Shrinkage(
        file.text("of"),
        file.integer("runs"),
        file.flag("cut_short"),
        Sizes.read(file.object("before")),
        Sizes.read(file.object("after")));
  }
}
