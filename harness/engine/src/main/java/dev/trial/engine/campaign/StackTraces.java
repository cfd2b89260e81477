package dev.trial.engine.campaign;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A failure as the text a developer reads. */
final class StackTraces {

  private StackTraces() {}

  static String of(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
