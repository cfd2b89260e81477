package dev.trial.checkers.jepsen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An operation of a made history, open to tampering. */
final class Op {
  final int index;
  final int process;
  String type;
  final String f;
  final List<Mop> mops = new ArrayList<>();
  List<Integer> keys = List.of();

  /** A send or one poll's records of one operation. */
  sealed interface Mop {}

  static final class Send implements Mop {
    int key;
    long value;
    Long offset;

    Send(int key, long value, Long offset) {
      this.key = key;
      this.value = value;
      this.offset = offset;
    }
  }

  /** Records in the order polled; those of one key stand together. */
  static final class Poll implements Mop {
    final List<Rec> records = new ArrayList<>();
  }

  record Rec(int key, long offset, long value) {}

  Op(int index, int process, String type, String f) {
    this.index = index;
    this.process = process;
    this.type = type;
    this.f = f;
  }

  boolean ok() {
    return type.equals("ok");
  }

  boolean completes() {
    return !type.equals("invoke");
  }

  List<Send> sends() {
    return mops.stream().filter(Send.class::isInstance).map(Send.class::cast).toList();
  }

  List<Poll> polls() {
    return mops.stream().filter(Poll.class::isInstance).map(Poll.class::cast).toList();
  }

  void edn(StringBuilder out) {
    out.append("{:index ").append(index).append(", :time ").append(index * 1000L);
    out.append(", :process ").append(process).append(", :type :").append(type);
    out.append(", :f :").append(f).append(", :value ");
    if (f.equals("ends")) {
      out.append(
          mops.stream()
              .map(each -> ((Send) each).key + " " + ((Send) each).offset)
              .collect(Collectors.joining(", ", "{", "}")));
    } else if (!keys.isEmpty()) {
      out.append(keys.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]")));
    } else {
      mops(out);
    }
    out.append("}\n");
  }

  private void mops(StringBuilder out) {
    out.append('[');
    for (int i = 0; i < mops.size(); i++) {
      out.append(i == 0 ? "" : " ");
      if (mops.get(i) instanceof Send send) {
        send(out, send);
      } else {
        poll(out, (Poll) mops.get(i));
      }
    }
    out.append(']');
  }

  private void send(StringBuilder out, Send send) {
    out.append("[:send ").append(send.key).append(' ');
    if (send.offset == null) {
      out.append(send.value).append(']');
    } else {
      out.append('[').append(send.offset).append(' ').append(send.value).append("]]");
    }
  }

  private void poll(StringBuilder out, Poll poll) {
    if (type.equals("invoke")) {
      out.append("[:poll]");
      return;
    }
    out.append("[:poll {");
    int last = -1;
    for (Rec each : poll.records) {
      if (each.key() != last) {
        out.append(last < 0 ? "" : "], ").append(each.key()).append(" [");
      } else {
        out.append(' ');
      }
      out.append('[').append(each.offset()).append(' ').append(each.value()).append(']');
      last = each.key();
    }
    out.append(last < 0 ? "}]" : "]}]");
  }
}
