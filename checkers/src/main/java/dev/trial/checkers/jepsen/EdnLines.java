package dev.trial.checkers.jepsen;

import dev.trial.checkers.jepsen.KafkaHistory.Function;
import dev.trial.checkers.jepsen.KafkaHistory.Type;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;

/** Writes operations as Jepsen does: one map to a line, numbered from 0. */
final class EdnLines {
  private final Appendable out;
  private long index;

  EdnLines(Appendable out) {
    this.out = out;
  }

  /** An operation of a client. */
  void client(long timeNs, int process, Type type, Function function, String value, String more)
      throws IOException {
    line(timeNs, Integer.toString(process), type, function, value, more);
  }

  /** Something told by who is no client of the workload: Jepsen's checker passes over it. */
  void bystander(long timeNs, String who, Function function, String value) throws IOException {
    line(timeNs, ":" + who, Type.INFO, function, value, "");
  }

  private void line(
      long timeNs, String process, Type type, Function function, String value, String more)
      throws IOException {
    out.append("{:index ").append(Long.toString(index++));
    out.append(", :time ").append(Long.toString(timeNs));
    out.append(", :process ").append(process);
    out.append(", :type :").append(name(type));
    out.append(", :f :").append(name(function));
    out.append(", :value ").append(value).append(more).append("}\n");
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  // ---- values

  static String vector(Collection<?> parts) {
    return join("[", parts, "]");
  }

  static String join(String open, Collection<?> parts, String close) {
    StringBuilder text = new StringBuilder(open);
    for (Object each : parts) {
      text.append(text.length() == open.length() ? "" : " ").append(each);
    }
    return text.append(close).toString();
  }

  static String string(String text) {
    StringBuilder edn = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> edn.append('\\').append(c);
        case '\n' -> edn.append("\\n");
        case '\r' -> edn.append("\\r");
        default -> edn.append(c);
      }
    }
    return edn.append('"').toString();
  }
}
