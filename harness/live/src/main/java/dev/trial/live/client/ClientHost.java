package dev.trial.live.client;

import dev.trial.core.history.Action.End;
import dev.trial.core.run.ClientProgram;
import java.io.IOException;

/**
 * Main of a client process: connects to the harness, becomes what it is told to be, and ends when
 * the program and every thread started through its context have ended. Daemon threads of clients
 * that were left open die with it, as in any JVM.
 */
public final class ClientHost {
  static final String TOKEN_VARIABLE = "TRIAL_CLIENT_TOKEN";

  private ClientHost() {}

  /**
   * @param arguments the harness's port on loopback
   */
  public static void main(String[] arguments) throws IOException {
    HarnessLink link =
        HarnessLink.connect(Integer.parseInt(arguments[0]), System.getenv(TOKEN_VARIABLE));
    LaunchOrder order = link.order();
    ProcessContext context = new ProcessContext(order, link);
    ClientLogger.bind(order, link);
    link.listen(context::told);
    context.live(() -> program(order).run(context));
    link.fact(order.process(), end(context.awaitThreads()));
    link.end();
  }

  private static ClientProgram program(LaunchOrder order) throws ReflectiveOperationException {
    return (ClientProgram) Class.forName(order.program()).getConstructor().newInstance();
  }

  private static End end(String error) {
    return new End(error == null ? End.How.CLOSED : End.How.FAILED, error);
  }
}
