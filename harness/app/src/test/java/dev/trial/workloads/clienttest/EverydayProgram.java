package dev.trial.workloads.clienttest;

import dev.trial.core.history.Action.Note;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import java.util.HashMap;

/** The everyday client as a program of a simulated run. */
public final class EverydayProgram implements ClientProgram {

  @Override
  public void run(ClientContext context) throws Exception {
    new EverydayClient(
            new HashMap<>(context.settings()),
            context.client(),
            true,
            text -> context.recorder().fact(context.process(), new Note(text)))
        .run(context.parameters().text("server.side", "").equals("true"));
  }
}
