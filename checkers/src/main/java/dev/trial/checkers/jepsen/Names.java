package dev.trial.checkers.jepsen;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;

/** Numbers things from 0 in the order in which they are first met; most are whole numbers. */
final class Names {
  /** The answer for what was never met. */
  static final int NONE = -1;

  private final Long2IntOpenHashMap byNumber = new Long2IntOpenHashMap();
  private final Object2IntOpenHashMap<String> byText = new Object2IntOpenHashMap<>();
  private final Int2ObjectOpenHashMap<String> texts = new Int2ObjectOpenHashMap<>();
  private final LongArrayList numbers = new LongArrayList();

  Names() {
    byNumber.defaultReturnValue(NONE);
    byText.defaultReturnValue(NONE);
  }

  int of(long number) {
    int known = byNumber.get(number);
    if (known == NONE) {
      known = numbers.size();
      byNumber.put(number, known);
      numbers.add(number);
    }
    return known;
  }

  int of(String text) {
    int known = byText.getInt(text);
    if (known == NONE) {
      known = numbers.size();
      byText.put(text, known);
      texts.put(known, text);
      numbers.add(NONE);
    }
    return known;
  }

  int size() {
    return numbers.size();
  }

  boolean isNumber(int name) {
    return !texts.containsKey(name);
  }

  /** The number a name stands for, {@link #NONE} if it is none. */
  long number(int name) {
    return numbers.getLong(name);
  }

  String text(int name) {
    String text = texts.get(name);
    return text == null ? Long.toString(number(name)) : text;
  }
}
