package dev.trial.checkers.graph;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/**
 * The real-time order of transactions, without its implied edges: each transaction follows only
 * those completed ones that no other completed one lies between. Those are never more than ran at
 * the same time, so there are few edges however long the history is.
 */
public final class RealTimeOrder {

  /** The completion of a transaction whose end nobody saw: it precedes nothing. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The invocation of a transaction whose beginning is not known: it follows nothing. */
  public static final long ALWAYS = Long.MIN_VALUE;

  private RealTimeOrder() {}

  /**
   * Adds the edges. Vertex v was invoked at {@code invoked[v]} and over at {@code completed[v]}, in
   * any unit that only orders; only a strictly smaller time is before another.
   */
  public static void addTo(GraphBuilder builder, long[] invoked, long[] completed) {
    int[] byInvocation = sorted(invoked);
    int[] byCompletion = sorted(completed);
    IntArrayList frontier = new IntArrayList();
    int done = 0;
    for (int vertex : byInvocation) {
      while (done < byCompletion.length && completed[byCompletion[done]] < invoked[vertex]) {
        complete(frontier, byCompletion[done++], invoked, completed);
      }
      for (int i = 0; i < frontier.size(); i++) {
        builder.add(frontier.getInt(i), vertex, Dependency.REALTIME);
      }
    }
  }

  /** What was over before {@code vertex} began is implied by it from now on. */
  private static void complete(
      IntArrayList frontier, int vertex, long[] invoked, long[] completed) {
    int kept = 0;
    for (int i = 0; i < frontier.size(); i++) {
      int each = frontier.getInt(i);
      if (completed[each] >= invoked[vertex]) {
        frontier.set(kept++, each);
      }
    }
    frontier.size(kept);
    frontier.add(vertex);
  }

  private static int[] sorted(long[] times) {
    int[] order = new int[times.length];
    Arrays.setAll(order, i -> i);
    LongArrays.radixSortIndirect(order, times, true);
    return order;
  }
}
