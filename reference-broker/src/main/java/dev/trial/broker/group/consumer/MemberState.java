package dev.trial.broker.group.consumer;

/** Where a member stands on its way to its target; numbers as Kafka's records have them. */
public enum MemberState {
  /** It has all that it is to have. */
  STABLE(0),
  /** It stays in its epoch until it has given up what is to be revoked. */
  UNREVOKED_PARTITIONS(1),
  /** It is in the new epoch and waits for partitions that others have not given up yet. */
  UNRELEASED_PARTITIONS(2);

  private final byte code;

  MemberState(int code) {
    this.code = (byte) code;
  }

  /** The number in ConsumerGroupCurrentMemberAssignmentValue. */
  public byte code() {
    return code;
  }

  /** The state with that number. */
  public static MemberState of(byte code) {
    for (MemberState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("a member's state has the unknown number " + code);
  }
}
