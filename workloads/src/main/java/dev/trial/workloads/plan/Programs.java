package dev.trial.workloads.plan;

/** Class names of the client programs, as a realm loads them. */
public final class Programs {
  private static final String PACKAGE = "dev.trial.workloads.program.";

  public static final String SENDER = PACKAGE + "Sender";
  public static final String RESENDING_SENDER = PACKAGE + "ResendingSender";
  public static final String TRANSACTIONAL_SENDER = PACKAGE + "TransactionalSender";
  public static final String TRANSFORMER = PACKAGE + "Transformer";
  public static final String GROUP_CONSUMER = PACKAGE + "GroupConsumer";
  public static final String GROUP_WATCHER = PACKAGE + "GroupWatcher";
  public static final String STANDALONE_CONSUMER = PACKAGE + "StandaloneConsumer";
  public static final String FINAL_READER = PACKAGE + "FinalReader";

  private Programs() {}
}
