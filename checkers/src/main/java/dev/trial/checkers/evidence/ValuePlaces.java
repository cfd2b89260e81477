package dev.trial.checkers.evidence;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;

/**
 * Where values were met first, place by place. Values are counted up from a small start and nearly
 * all are met in one place only, so they are found in an array; what lies too far out for that, or
 * was met in a second place, is hashed.
 */
public final class ValuePlaces {
  /** The answer where a value was not met. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int SLACK = 1 << 12;

  /** Place + 1 of each value, 0 where it was met nowhere. */
  private int[] places = new int[1 << 8];

  private long[] positions = new long[1 << 8];
  private long met;
  private Long2LongOpenHashMap[] others = {};

  /** For about so many values: the array may be as long as that many justify from the start. */
  public ValuePlaces(long expected) {
    met = expected;
  }

  /** Remembers where in a place (from 0) a value is, unless it was met there before. */
  public void putIfAbsent(int place, long value, long position) {
    if (near(value) && claim(place, (int) value, position)) {
      return;
    }
    other(place).putIfAbsent(value, position);
  }

  /** The array never grows by more than what was met so far justifies. */
  private boolean near(long value) {
    met++;
    if (value < 0 || value >= Math.max(places.length, 8L * met + SLACK)) {
      return false;
    }
    if (value >= places.length) {
      int length = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(value + 1, places.length * 2L));
      places = Arrays.copyOf(places, length);
      positions = Arrays.copyOf(positions, length);
    }
    return true;
  }

  /** True if the array holds it for that place. A value that was hashed before stays there. */
  private boolean claim(int place, int value, long position) {
    if (places[value] == 0 && get(place, value) == NONE) {
      places[value] = place + 1;
      positions[value] = position;
    }
    return places[value] == place + 1;
  }

  private Long2LongOpenHashMap other(int place) {
    if (place >= others.length) {
      others = Arrays.copyOf(others, Math.max(place + 1, others.length * 2));
    }
    if (others[place] == null) {
      others[place] = new Long2LongOpenHashMap();
      others[place].defaultReturnValue(NONE);
    }
    return others[place];
  }

  /** Where a value is in a place, {@link #NONE} if it was not met there. */
  public long get(int place, long value) {
    if (value >= 0 && value < places.length && places[(int) value] == place + 1) {
      return positions[(int) value];
    }
    return place < others.length && others[place] != null ? others[place].get(value) : NONE;
  }
}
