package dev.trial.broker.wire;

/**
 * What a client may do to a resource, as a bit field of the codes of {@code AclOperation}
 * (KIP-430). There is no authorizer here, and without one Kafka allows all that the kind of
 * resource knows (AuthHelper.authorizedOperations, AclEntry.supportedOperations in 4.3.1).
 */
public final class AuthorizedOperations {
  private static final int READ = 1 << 3;
  private static final int WRITE = 1 << 4;
  private static final int CREATE = 1 << 5;
  private static final int DELETE = 1 << 6;
  private static final int ALTER = 1 << 7;
  private static final int DESCRIBE = 1 << 8;
  private static final int CLUSTER_ACTION = 1 << 9;
  private static final int DESCRIBE_CONFIGS = 1 << 10;
  private static final int ALTER_CONFIGS = 1 << 11;
  private static final int IDEMPOTENT_WRITE = 1 << 12;

  /** Kafka's mark for "not asked for". */
  public static final int NOT_ASKED = Integer.MIN_VALUE;

  private static final int TOPIC =
      READ | WRITE | CREATE | DESCRIBE | DELETE | ALTER | DESCRIBE_CONFIGS | ALTER_CONFIGS;
  private static final int GROUP = READ | DESCRIBE | DELETE | DESCRIBE_CONFIGS | ALTER_CONFIGS;
  private static final int CLUSTER =
      CREATE
          | CLUSTER_ACTION
          | DESCRIBE_CONFIGS
          | ALTER_CONFIGS
          | IDEMPOTENT_WRITE
          | ALTER
          | DESCRIBE;

  private AuthorizedOperations() {}

  /** What may be done to a topic, if that was asked for. */
  public static int ofTopic(boolean asked) {
    return asked ? TOPIC : NOT_ASKED;
  }

  /** What may be done to a group, if that was asked for. */
  public static int ofGroup(boolean asked) {
    return asked ? GROUP : NOT_ASKED;
  }

  /** What may be done to the cluster, if that was asked for. */
  public static int ofCluster(boolean asked) {
    return asked ? CLUSTER : NOT_ASKED;
  }
}
