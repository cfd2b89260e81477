package dev.trial.engine.nightly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.StrictObject;
import java.util.List;

/**
 * What a campaign is asked for. One with the same plan goes on where another was ended.
 *
 * @param targets worlds, one after the other
 * @param client version of kafka-clients
 * @param mutants defects of the reference cluster
 * @param firstSeed seeds are taken from here on
 * @param seeds how many, all of them; 0: as many as the budget allows, the most telling ones
 * @param budgetMs how long, in all; 0: until all seeds are done
 */
public record NightPlan(
    List<String> targets,
    String client,
    List<String> mutants,
    long firstSeed,
    long seeds,
    long budgetMs,
    Shard shard) {
  /** The form of a journal; another is not read. */
  public static final int VERSION = 1;

  public NightPlan {
    targets = List.copyOf(targets);
    mutants = List.copyOf(mutants);
  }

  /** This plan for other seeds. */
  NightPlan from(long seed) {
    return new NightPlan(targets, client, mutants, seed, seeds, budgetMs, shard);
  }

  /** The same for all shards: what results of one campaign have in common. */
  public NightPlan unsharded() {
    return new NightPlan(targets, client, mutants, firstSeed, seeds, budgetMs, Shard.WHOLE);
  }

  /** The first line of a journal. */
  ObjectNode toJson() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("version", VERSION);
    ArrayNode worlds = line.putArray("targets");
    targets.forEach(worlds::add);
    line.put("client", client);
    ArrayNode defects = line.putArray("mutants");
    mutants.forEach(defects::add);
    line.put("first_seed", firstSeed);
    line.put("seeds", seeds);
    line.put("budget_ms", budgetMs);
    line.put("shard", shard.index());
    line.put("shards", shard.count());
    return line;
  }

  static NightPlan read(StrictObject line) {
    long version = line.number("version");
    if (version != VERSION) {
      throw line.problem("is a campaign of form " + version + "; this trial reads form " + VERSION);
    }
    line.allow(
        "version",
        "targets",
        "client",
        "mutants",
        "first_seed",
        "seeds",
        "budget_ms",
        "shard",
        "shards");
    return new NightPlan(
        line.texts("targets"),
        line.text("client"),
        line.texts("mutants"),
        line.number("first_seed"),
        line.amount("seeds"),
        line.amount("budget_ms"),
        new Shard(line.integer("shard"), line.integer("shards")));
  }
}
