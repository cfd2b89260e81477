package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Latency of each send, and what was acknowledged, left open and delivered per half second. */
final class TrafficSection implements Section {
  private static final long BUCKET_NS = 500_000_000L;
  private static final int MAX_POINTS = 6_000;

  /** The final read is proof, not traffic. */
  private final Set<Integer> finalReaders = new HashSet<>();

  private final Map<Long, Long> sentAtNs = new HashMap<>();
  private final List<double[]> points = new ArrayList<>();
  private final List<int[]> buckets = new ArrayList<>();
  private final Histogram latencyUs = new Histogram(3_600_000_000L, 3);

  @Override
  public void see(Operation operation) {
    if (operation.action() instanceof Action.Send) {
      send(operation);
    } else if (operation.action() instanceof Action.Start start
        && start.kind() == Action.Start.Kind.READER) {
      finalReaders.add(operation.process());
    } else if (operation.action() instanceof Action.Poll poll
        && operation.stage() == Stage.OK
        && !finalReaders.contains(operation.process())) {
      bucket(operation.timeNs())[2] += poll.records().size();
    }
  }

  private void send(Operation operation) {
    if (operation.stage() == Stage.INVOKE) {
      sentAtNs.put(operation.index(), operation.timeNs());
      return;
    }
    Long begunNs = sentAtNs.remove(operation.invocation());
    if (begunNs == null) {
      return;
    }
    long tookNs = operation.timeNs() - begunNs;
    boolean ok = operation.stage() == Stage.OK;
    bucket(operation.timeNs())[ok ? 0 : 1]++;
    points.add(new double[] {Times.seconds(begunNs), tookNs / 1e6, ok ? 1 : 0});
    if (ok) {
      latencyUs.recordValue(Math.min(tookNs / 1_000, latencyUs.getHighestTrackableValue()));
    }
  }

  private int[] bucket(long timeNs) {
    int index = (int) (timeNs / BUCKET_NS);
    while (buckets.size() <= index) {
      buckets.add(new int[3]);
    }
    return buckets.get(index);
  }

  @Override
  public void describe(ObjectNode report) {
    describeLatency(report);
    ObjectNode rates = report.putObject("rates");
    ArrayNode times = rates.putArray("t");
    ArrayNode acknowledged = rates.putArray("acknowledged");
    ArrayNode failed = rates.putArray("failed");
    ArrayNode delivered = rates.putArray("delivered");
    double perSecond = 1e9 / BUCKET_NS;
    for (int i = 0; i < buckets.size(); i++) {
      times.add(i / perSecond);
      acknowledged.add(buckets.get(i)[0] * perSecond);
      failed.add(buckets.get(i)[1] * perSecond);
      delivered.add(buckets.get(i)[2] * perSecond);
    }
  }

  private void describeLatency(ObjectNode report) {
    ObjectNode latency = report.putObject("latency");
    ArrayNode times = latency.putArray("t");
    ArrayNode ok = latency.putArray("ok");
    ArrayNode lost = latency.putArray("open");
    Collections.sort(points, (a, b) -> Double.compare(a[0], b[0]));
    int stride = points.size() / MAX_POINTS + 1;
    for (int i = 0; i < points.size(); i += stride) {
      double[] point = points.get(i);
      times.add(point[0]);
      double ms = Math.max(0.01, Math.round(point[1] * 100) / 100.0);
      if (point[2] == 1) {
        ok.add(ms);
        lost.addNull();
      } else {
        ok.addNull();
        lost.add(ms);
      }
    }
    latency.put("unanswered", sentAtNs.size());
    for (double percentile : new double[] {50, 95, 99, 100}) {
      String name = percentile == 100 ? "max" : "p" + (int) percentile;
      latency.put(name, latencyUs.getValueAtPercentile(percentile) / 1e3);
    }
  }
}
