package dev.trial.live.process;

import java.nio.file.Path;

/** The Java that brokers and clients in processes of their own run on. */
public final class ChildJava {
  /** Names its home where that is not ours: the launcher may run Trial on a newer JDK. */
  private static final String HOME = "trial.java.home";

  private ChildJava() {}

  /** Its command. */
  public static String command() {
    String home = System.getProperty(HOME, System.getProperty("java.home"));
    return Path.of(home, "bin", "java").toString();
  }
}
