package dev.trial.workloads.program;

import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * An administrator who asks now and then what a group is: of which type, in which state, and which
 * protocols its members use. Clients before 4.0 do not tell the type (KIP-848, KIP-1099).
 *
 * <p>Parameters: {@code group} (billing), {@code every-ms} (500).
 */
public final class GroupWatcher implements ClientProgram {
  private static final long PATIENCE_MS = 5_000;
  private static final Duration CLOSING = Duration.ofMillis(1_000);

  @Override
  public void run(ClientContext context) {
    String group = context.parameters().text("group", "billing");
    long everyMs = context.parameters().number("every-ms", 500);
    Map<String, Object> settings = new TreeMap<>(context.settings());
    Admin admin = Admin.create(settings);
    while (!context.closing()) {
      ask(context, admin, group);
      context.sleep(everyMs);
    }
    admin.close(CLOSING);
  }

  private static void ask(ClientContext context, Admin admin, String group) {
    Recorder recorder = context.recorder();
    long invocation = recorder.invoke(context.process(), unknown(group, null));
    try {
      ConsumerGroupDescription told =
          admin
              .describeConsumerGroups(Collections.singletonList(group))
              .all()
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
              .get(group);
      recorder.complete(context.process(), invocation, Stage.OK, described(group, told));
    } catch (ExecutionException error) {
      refused(context, invocation, group, error.getCause());
    } catch (TimeoutException error) {
      refused(context, invocation, group, error);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException("interrupted while it waited for a description", stopped);
    }
  }

  private static void refused(
      ClientContext context, long invocation, String group, Throwable error) {
    Described told = unknown(group, Errors.text(error));
    context.recorder().complete(context.process(), invocation, Stage.INFO, told);
  }

  private static Described unknown(String group, String error) {
    return new Described(group, null, null, 0, 0, error);
  }

  private static Described described(String group, ConsumerGroupDescription told) {
    int consumers = 0;
    for (MemberDescription member : told.members()) {
      consumers += upgraded(member) ? 1 : 0;
    }
    return new Described(
        group,
        String.valueOf(call(told, "type")).toLowerCase(Locale.ROOT),
        String.valueOf(call(told, "groupState")),
        told.members().size() - consumers,
        consumers,
        null);
  }

  /** Empty in a classic group, where no member uses the other protocol. */
  private static boolean upgraded(MemberDescription member) {
    return call(member, "upgraded") instanceof Optional<?> told
        && told.isPresent()
        && Boolean.TRUE.equals(told.get());
  }

  /** These getters are younger than the client that this is compiled against. */
  private static Object call(Object target, String getter) {
    try {
      Method method = target.getClass().getMethod(getter);
      return method.invoke(target);
    } catch (ReflectiveOperationException tooOld) {
      throw new IllegalStateException(
          target.getClass().getSimpleName() + " has no " + getter + " before kafka-clients 4.0",
          tooOld);
    }
  }
}
