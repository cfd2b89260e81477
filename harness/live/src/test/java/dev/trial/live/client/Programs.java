package dev.trial.live.client;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;

/** Client programs for tests; each runs in a JVM of its own. */
final class Programs {

  private Programs() {}

  /** Counts until it is told to stop, one invocation and its completion per number. */
  public static final class Counter implements ClientProgram {
    @Override
    public void run(ClientContext context) {
      long most = context.parameters().number("count", Long.MAX_VALUE);
      for (long value = 0; value < most && !context.stopping(); value++) {
        Send send = new Send(value, context.client(), "topic", 0, -1, null);
        long invocation = context.recorder().invoke(context.process(), send);
        Send landed = new Send(value, context.client(), "topic", 0, value, null);
        context.recorder().complete(context.process(), invocation, Stage.OK, landed);
        context.sleep(1);
      }
    }
  }

  /** Begins something and never gets to its end. */
  public static final class Stuck implements ClientProgram {
    @Override
    public void run(ClientContext context) {
      context
          .recorder()
          .invoke(context.process(), new Send(7, context.client(), "topic", 0, -1, null));
      context.sleep(600_000);
    }
  }

  /** Says what it was told, and which kafka-clients it has. */
  public static final class Reporter implements ClientProgram {
    @Override
    public void run(ClientContext context) throws Exception {
      Class<?> info = Class.forName("org.apache.kafka.common.utils.AppInfoParser");
      note(context, "version " + info.getMethod("getVersion").invoke(null));
      note(context, "setting " + context.settings().get("client.id"));
      note(context, "draw " + context.random("dice").nextInt(1_000_000));
      context.spawn(
          "later",
          () -> {
            while (!context.closing()) {
              context.sleep(1);
            }
            note(context, "closing");
          });
    }

    private static void note(ClientContext context, String text) {
      context.recorder().fact(context.process(), new Action.Note(text));
    }
  }

  /** Fails. */
  public static final class Failing implements ClientProgram {
    @Override
    public void run(ClientContext context) {
      throw new IllegalStateException("out of luck", new ArithmeticException("by zero"));
    }
  }

  /** Ends its JVM without a word, as a crash of the JVM itself would. */
  public static final class Vanishing implements ClientProgram {
    @Override
    public void run(ClientContext context) {
      Runtime.getRuntime().halt(9);
    }
  }
}
