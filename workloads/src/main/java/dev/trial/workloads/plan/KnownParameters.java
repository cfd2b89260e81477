package dev.trial.workloads.plan;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters that a spec may give the clients of its workload, by name, and what each takes. A
 * name that no client asks for would change nothing.
 */
public final class KnownParameters {
  /** Names of clients of the plan, separated by commas, that do not take part. */
  public static final String WITHOUT = "without";

  /** When producers start, in milliseconds since the load began. */
  public static final String SEND_FROM_MS = "send-from-ms";

  /** Values that producers send, by ranges separated by commas; all others are passed over. */
  public static final String VALUES = "values";

  private static final SortedMap<String, Kind> KINDS = new TreeMap<>();

  static {
    define(new Whole(1, 100), "keys", "producers", "replicas", "topic-partitions", "workers");
    define(new Whole(0, 100), "abort-percent", "consumers", "readers");
    define(
        new Whole(0, 1_000_000),
        "burst",
        "burst-max",
        "key-rounds",
        "leave",
        "limit",
        "lookup-every",
        "max-polls",
        "reopen-after",
        "reopens",
        "seek-every",
        "size",
        "stall-every",
        "unique-ids",
        "value-bytes",
        "window");
    define(
        new Whole(0, 24 * 3_600_000L),
        "alive-ms",
        "away-ms",
        "close-ms",
        "commit-ms",
        "every-ms",
        "first-worker-ms",
        "flush-ms",
        "hold-ms",
        "no-progress-ms",
        "pause-ms",
        "process-ms",
        "reopen-ms",
        SEND_FROM_MS,
        "stall-ms",
        "transaction-timeout-ms");
    define(new Whole(1, 24 * 3_600_000L), "interval-ms", "poll-ms");
    define(
        new Flag(),
        "commit-on-revoke",
        "committed",
        "ends",
        "final-commit",
        "flush",
        "intruder",
        "leave-on-error",
        "resend-errors",
        "stamps",
        "transactional",
        "wakeup");
    define(
        new Text(),
        "client.version",
        "commit",
        "group",
        "input",
        "on-reset",
        "output",
        "pattern",
        "protocols",
        "switch-at-ms",
        "topics",
        WITHOUT);
    define(new Ranges(), VALUES);
  }

  private KnownParameters() {}

  /** All names. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(KINDS.keySet());
  }

  /** What the parameter of that name takes, in words, where it does not take this value. */
  public static String refusal(String name, String value) {
    return KINDS.get(name).refusal(value);
  }

  private static void define(Kind kind, String... names) {
    List.of(names).forEach(name -> KINDS.put(name, kind));
  }

  private sealed interface Kind {
    /** What it takes, in words; null if it takes this value. */
    String refusal(String value);
  }

  private record Whole(long least, long most) implements Kind {
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
      return "a whole number from " + least + " to " + most;
    }
  }

  private record Flag() implements Kind {
    @Override
    public String refusal(String value) {
      return value.equals("true") || value.equals("false") ? null : "true or false";
    }
  }

  private record Ranges() implements Kind {
    private static final String FORM = "(\\d{1,18}(-\\d{1,18})?(,(?=\\d)|$))+";

    @Override
    public String refusal(String value) {
      return value.matches(FORM)
          ? null
          : "ranges of values, such as 1000000003,1000000007-1000000009";
    }
  }

  private record Text() implements Kind {
    @Override
    public String refusal(String value) {
      return null;
    }
  }
}
