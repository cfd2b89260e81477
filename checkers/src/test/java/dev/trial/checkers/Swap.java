package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Logged;

/** Lets two records change places in everything an action says. */
record Swap(long one, long low, long other, long high) {

  static Action of(Action action, long one, long low, long other, long high) {
    return new Swap(one, low, other, high).action(action);
  }

  private Action action(Action action) {
    if (action instanceof Action.Send send && send.offset() >= 0) {
      return new Action.Send(
          send.value(),
          send.key(),
          send.topic(),
          send.partition(),
          offset(send.value(), send.offset()),
          send.error());
    }
    if (action instanceof Action.Poll poll) {
      return new Action.Poll(poll.records().stream().map(this::delivered).toList(), poll.error());
    }
    if (action instanceof Action.ReplicaLog log) {
      return Tampering.with(log, log.records().stream().map(this::logged).toList(), log.logEnd());
    }
    return action;
  }

  private long offset(long value, long offset) {
    if (value == one && offset == low) {
      return high;
    }
    return value == other && offset == high ? low : offset;
  }

  private long at(long offset, long value) {
    if (offset == low && value == one) {
      return other;
    }
    return offset == high && value == other ? one : value;
  }

  private Delivered delivered(Delivered record) {
    long value = at(record.offset(), record.value());
    return new Delivered(record.partition(), record.offset(), value, Story.key(value), null);
  }

  private Logged logged(Logged record) {
    long value = at(record.offset(), record.value());
    return new Logged(record.offset(), record.leaderEpoch(), value, record.control());
  }
}
