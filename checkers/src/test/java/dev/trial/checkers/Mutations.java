package dev.trial.checkers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may happen to a file on its way: lines and fields change, and it is cut off. */
final class Mutations {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]+");
  private static final List<String> NUMBERS =
      List.of("-1", "0", "1", "-2147483649", "9223372036854775807", "99999999999999999999", "x");
  private static final List<String> WORDS =
      List.of("ok", "invoke", "info", "fail", "poll", "\"", "");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  byte[] of(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int i = random.nextInt(4); i >= 0; i--) {
      change(lines);
    }
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }

  private void change(List<String> lines) {
    if (lines.size() < 2) {
      return;
    }
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(other, lines.get(at));
      case 2 -> java.util.Collections.swap(lines, at, other);
      case 3 -> lines.set(at, replaced(lines.get(at), WORD, WORDS));
      default -> lines.set(at, replaced(lines.get(at), NUMBER, NUMBERS));
    }
  }

  /** One of the places that fit holds something else, often what stands at another of them. */
  private String replaced(String line, Pattern what, List<String> by) {
    Matcher matcher = what.matcher(line);
    List<MatchResult> places = matcher.results().toList();
    if (places.isEmpty()) {
      return line;
    }
    MatchResult place = places.get(random.nextInt(places.size()));
    String instead =
        random.nextBoolean()
            ? by.get(random.nextInt(by.size()))
            : places.get(random.nextInt(places.size())).group();
    return line.substring(0, place.start()) + instead + line.substring(place.end());
  }
}
