package dev.trial.engine.coverage;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** In how many runs each point was touched. */
public final class Coverage {
  private final SortedMap<String, Integer> runs = new TreeMap<>();

  /** Counts what one run touched. */
  public void add(Collection<String> points) {
    points.forEach(point -> runs.merge(point, 1, Integer::sum));
  }

  /** In how many runs a point was touched. */
  public int runs(String point) {
    return runs.getOrDefault(point, 0);
  }

  /** How seldom these points were touched on the average: 1 if nobody touched any of them. */
  public double rarity(Collection<String> points) {
    double sum = 0;
    for (String point : points) {
      sum += 1.0 / (1 + runs(point));
    }
    return points.isEmpty() ? 0 : sum / points.size();
  }

  /** Each point of a dimension, without the dimension's name. */
  public SortedMap<String, Integer> of(Dimension dimension) {
    SortedMap<String, Integer> own = new TreeMap<>();
    int prefix = dimension.point("").length();
    runs.forEach(
        (point, count) -> {
          if (dimension.has(point)) {
            own.put(point.substring(prefix), count);
          }
        });
    return own;
  }
}
