package dev.trial.broker.group;

/** Where a classic group stands; names as DescribeGroups tells them. */
enum GroupState {
  EMPTY("Empty"),
  PREPARING_REBALANCE("PreparingRebalance"),
  COMPLETING_REBALANCE("CompletingRebalance"),
  STABLE("Stable"),
  DEAD("Dead");

  private final String text;

  GroupState(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
