package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A member of a group: polls, works on records, commits by a strategy, until told to close.
 *
 * <p>Parameters: {@code topics} (orders), {@code pattern} on names of topics instead (none), {@code
 * commit} (a {@link CommitStrategy}; sync-batch), {@code commit-on-revoke} (false), {@code
 * final-commit} (true: what is uncommitted is committed before a close), {@code commit-ms} (5000,
 * for sync-interval), {@code process-ms} of work per record (0), {@code stall-every} so many
 * records (0: never) {@code stall-ms} more, {@code workers} (1, for auto-async and tracked), of
 * which the first takes {@code first-worker-ms} per record, {@code intruder} (false: another thread
 * uses the consumer, too), {@code poll-ms} (500), {@code pause-ms} between polls (0), {@code
 * close-ms} (10000), {@code wakeup} (false: another thread wakes the poll up when it is time to
 * leave), {@code committed} (true: ask for committed offsets at each assignment), {@code ends}
 * (false: ask for log ends then, too), {@code on-reset} (fail; what to do when the client has no
 * offset and no reset policy: begin to seek to the beginning, diverging to seek to where the error
 * says that logs part, if it does), {@code max-polls} (0: no limit), {@code leave-on-error} (false:
 * after an error of poll, close and come back after {@code away-ms}).
 *
 * <p>Closing and opening again inside one process: {@code reopen-after} so many records, {@code
 * reopens} times; or in cycles of {@code alive-ms} and {@code away-ms}, until the load ends; or to
 * come back with another {@code group.protocol} ({@link ProtocolSwitches}) after {@code away-ms}.
 */
public final class GroupConsumer implements ClientProgram {

  @Override
  public void run(ClientContext context) {
    ProtocolSwitches switches = ProtocolSwitches.of(context);
    run(context, switches, () -> RecordedConsumer.open(context, settings(context, switches)));
  }

  /** Opens a consumer, each time the member (re)joins. */
  interface Opening {
    RecordedConsumer open();
  }

  static void run(ClientContext context, Opening opening) {
    run(context, ProtocolSwitches.of(context), opening);
  }

  private static void run(ClientContext context, ProtocolSwitches switches, Opening opening) {
    Parameters parameters = context.parameters();
    long reopens = parameters.number("reopens", 0);
    long awayMs = parameters.number("away-ms", 0);
    for (long opened = 0; !context.closing(); opened++) {
      long switchAtMs = switches.nextMs(context.clock().millis());
      GroupSession.Left why =
          new GroupSession(context, opening.open(), opened < reopens, switchAtMs).run();
      if (why == GroupSession.Left.FOR_GOOD) {
        return;
      }
      if (awayMs > 0 && why == GroupSession.Left.FOR_A_WHILE) {
        context.sleep(awayMs);
        if (context.stopping()) {
          return;
        }
      }
    }
  }

  private static Map<String, String> settings(ClientContext context, ProtocolSwitches switches) {
    boolean auto = CommitStrategy.of(context.parameters()).byClient();
    Map<String, String> own = new TreeMap<>(switches.settings(context.clock().millis()));
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, Boolean.toString(auto));
    return own;
  }
}
