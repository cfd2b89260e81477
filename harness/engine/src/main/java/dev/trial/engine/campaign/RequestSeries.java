package dev.trial.engine.campaign;

import dev.trial.core.input.SeedRange;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A run for each seed, one series after the other. A run is made each time it is asked for: the
 * specs of a million runs take minutes to make, and more memory than there is.
 */
public final class RequestSeries extends AbstractList<RunRequest> {
  private record Part(int from, SeedRange seeds, LongFunction<RunRequest> maker) {
    RunRequest at(int index) {
      return maker.apply(seeds.first() + (index - from));
    }
  }

  private final List<Part> parts;
  private final int size;

  /** The runs that {@code maker} makes of the seeds. */
  public RequestSeries(SeedRange seeds, LongFunction<RunRequest> maker) {
    this(List.of(new Part(0, seeds, maker)), (int) seeds.size());
  }

  private RequestSeries(List<Part> parts, int size) {
    this.parts = parts;
    this.size = size;
  }

  /** These, and then those. */
  public RequestSeries then(RequestSeries others) {
    List<Part> all = new ArrayList<>(parts);
    others.parts.forEach(each -> all.add(new Part(size + each.from, each.seeds, each.maker)));
    return new RequestSeries(all, Math.addExact(size, others.size));
  }

  @Override
  public RunRequest get(int index) {
    int part = parts.size() - 1;
    while (parts.get(part).from > index) {
      part--;
    }
    return parts.get(part).at(index);
  }

  @Override
  public int size() {
    return size;
  }
}
