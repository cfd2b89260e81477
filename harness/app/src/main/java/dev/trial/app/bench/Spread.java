package dev.trial.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Least, median and greatest of what was measured several times. */
public record Spread(double least, double median, double greatest) {

  /** Of one figure of each. */
  public static <T> Spread of(List<T> samples, ToDoubleFunction<T> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  /** Puts it there, under that name. */
  public void into(ObjectNode node, String name) {
    node.putObject(name).put("min", least).put("median", median).put("max", greatest);
  }
}
