package dev.trial.app.detection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.bench.Spread;
import dev.trial.app.mutant.MutantTrial;
import java.util.List;
import java.util.Locale;

/**
 * How soon one defect was seen from several first seeds.
 *
 * @param sights one a first seed
 */
record Detection(MutantTrial trial, List<FirstSight> sights) {
  private static final double NS_PER_S = 1e9;

  boolean seen() {
    return sights.stream().allMatch(FirstSight::seen);
  }

  Spread runs() {
    return Spread.of(sights, FirstSight::runs);
  }

  /** Seconds that all threads spent of the processors. */
  Spread processorS() {
    return Spread.of(sights, sight -> sight.lapse().cpuNs() / NS_PER_S);
  }

  Spread wallS() {
    return Spread.of(sights, sight -> sight.lapse().wallNs() / NS_PER_S);
  }

  List<String> row() {
    return List.of(
        trial.defect().id(),
        trial.name().toString(),
        figure(runs().median(), "%.0f"),
        figure(processorS().median(), "%.1f"),
        figure(processorS().greatest(), "%.1f"),
        seen() ? "always" : "not from each first seed");
  }

  private static String figure(double figure, String format) {
    return String.format(Locale.ROOT, format, figure);
  }

  ObjectNode json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("mutant", trial.defect().id()).put("claim", trial.name().toString());
    node.put("seen", seen());
    runs().into(node, "runs");
    processorS().into(node, "processor_s");
    wallS().into(node, "wall_s");
    return node;
  }
}
