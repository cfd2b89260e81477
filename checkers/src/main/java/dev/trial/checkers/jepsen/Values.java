package dev.trial.checkers.jepsen;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers values from 0. A value is unique in its key only, so the number stands for both. Small
 * numbers, as Jepsen's generator counts them up, are found in an array.
 */
final class Values {
  private static final int DENSE_SLACK = 1 << 12;

  private final List<OfKey> keys = new ArrayList<>();
  private final Object2IntOpenHashMap<String> byText = new Object2IntOpenHashMap<>();
  private final Int2ObjectOpenHashMap<String> texts = new Int2ObjectOpenHashMap<>();
  private final IntArrayList keyOf = new IntArrayList();
  private final LongArrayList numbers = new LongArrayList();

  Values() {
    byText.defaultReturnValue(Names.NONE);
  }

  private static final class OfKey {
    private int[] dense = {};
    private int met;
    private final Long2IntOpenHashMap sparse = new Long2IntOpenHashMap();

    OfKey() {
      sparse.defaultReturnValue(Names.NONE);
    }

    /** True if the array may grow so far: not by more than what was met justifies. */
    boolean fits(long number) {
      return number >= 0 && number < Math.max(dense.length, 4L * met + DENSE_SLACK);
    }

    int get(long number) {
      if (number >= 0 && number < dense.length && dense[(int) number] != Names.NONE) {
        return dense[(int) number];
      }
      return sparse.isEmpty() ? Names.NONE : sparse.get(number);
    }

    void put(long number, int value) {
      met++;
      if (!fits(number)) {
        sparse.put(number, value);
        return;
      }
      if (number >= dense.length) {
        int before = dense.length;
        dense = Arrays.copyOf(dense, (int) Math.max(number + 1, before * 2L));
        Arrays.fill(dense, before, dense.length, Names.NONE);
      }
      dense[(int) number] = value;
    }
  }

  int of(int key, long number) {
    while (keys.size() <= key) {
      keys.add(new OfKey());
    }
    OfKey ofKey = keys.get(key);
    int known = ofKey.get(number);
    if (known == Names.NONE) {
      known = add(key, number);
      ofKey.put(number, known);
    }
    return known;
  }

  int of(int key, String text) {
    String unique = key + " " + text;
    int known = byText.getInt(unique);
    if (known == Names.NONE) {
      known = add(key, Names.NONE);
      byText.put(unique, known);
      texts.put(known, text);
    }
    return known;
  }

  private int add(int key, long number) {
    keyOf.add(key);
    numbers.add(number);
    return numbers.size() - 1;
  }

  int size() {
    return numbers.size();
  }

  int key(int value) {
    return keyOf.getInt(value);
  }

  /** The number that was sent, {@link Names#NONE} where it was something else. */
  long number(int value) {
    return numbers.getLong(value);
  }

  String text(int value) {
    String text = texts.get(value);
    return text == null ? Long.toString(number(value)) : text;
  }
}
