package dev.trial.broker.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What values a setting takes: the kinds of Kafka's {@code ConfigDef}, with its bounds. */
sealed interface Values {

  /** What it takes, in words; null if it takes this value. */
  String refusal(String value);

  /** {@code true} or {@code false}, in whatever case. */
  record Flag() implements Values {
    @Override
    public String refusal(String value) {
      boolean flag = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      return flag ? null : "true or false";
    }
  }

  /** A whole number within bounds, both included. */
  record Whole(long least, long most) implements Values {

    /** An INT of Kafka's. */
    static Whole int32(long least) {
      return new Whole(least, Integer.MAX_VALUE);
    }

    /** A LONG of Kafka's. */
    static Whole int64(long least) {
      return new Whole(least, Long.MAX_VALUE);
    }

    @Override
    public String refusal(String value) {
      try {
        long number = Long.parseLong(value);
        return number >= least && number <= most ? null : words();
      } catch (NumberFormatException e) {
        return words();
      }
    }

    private String words() {
      String above = most == Long.MAX_VALUE ? " on" : " to " + most;
      return "a whole number from " + least + above;
    }
  }

  /** A share of a whole. */
  record Share() implements Values {
    @Override
    public String refusal(String value) {
      try {
        double share = Double.parseDouble(value);
        return share >= 0 && share <= 1 ? null : "a number from 0 to 1";
      } catch (NumberFormatException e) {
        return "a number from 0 to 1";
      }
    }
  }

  /**
   * One of a few words.
   *
   * @param anyCase whether upper case counts as lower case
   */
  record OneOf(List<String> words, boolean anyCase) implements Values {
    @Override
    public String refusal(String value) {
      String word = anyCase ? value.trim().toLowerCase(Locale.ROOT) : value;
      return words.contains(word) ? null : "one of " + words;
    }
  }

  /** Some of a few words, with commas between them. */
  record SomeOf(Collection<String> words) implements Values {
    @Override
    public String refusal(String value) {
      boolean known = Arrays.stream(value.split(",")).map(String::trim).allMatch(words::contains);
      return known ? null : "some of " + words;
    }
  }

  /** Whatever it says. */
  record Text() implements Values {
    @Override
    public String refusal(String value) {
      return null;
    }
  }
}
