package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults as bands: what, whom it hit, from when to when. */
final class FaultSection implements Section {
  private final Map<ScheduledFault, Band> open = new LinkedHashMap<>();
  private final List<Band> bands = new ArrayList<>();

  private static final class Band {
    private final Action.Nemesis begin;
    private final long beginNs;
    private long endNs = -1;

    Band(Action.Nemesis begin, long beginNs) {
      this.begin = begin;
      this.beginNs = beginNs;
    }
  }

  @Override
  public void see(Operation operation) {
    if (!(operation.action() instanceof Action.Nemesis fault)) {
      return;
    }
    switch (fault.edge()) {
      case BEGIN -> {
        Band band = new Band(fault, operation.timeNs());
        bands.add(band);
        open.put(fault.fault(), band);
      }
      case END -> {
        Band band = open.remove(fault.fault());
        if (band != null) {
          band.endNs = operation.timeNs();
        }
      }
    }
  }

  @Override
  public void describe(ObjectNode report) {
    ArrayNode list = report.putArray("faults");
    for (Band band : bands) {
      ObjectNode node = list.addObject();
      node.put("kind", band.begin.fault().fault().kind().id());
      node.put("what", FaultText.of(band.begin.fault().fault()));
      node.put("whom", FaultText.of(band.begin.fault().whom()));
      node.put("hit", String.join(", ", band.begin.hit()));
      node.put("error", band.begin.error());
      node.put("from", Times.seconds(band.beginNs));
      node.put("to", Times.seconds(Math.max(band.endNs, band.beginNs)));
    }
  }
}
