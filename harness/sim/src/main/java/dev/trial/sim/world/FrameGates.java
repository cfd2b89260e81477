package dev.trial.sim.world;

import dev.trial.core.fault.Links.Interference;
import java.util.Arrays;

/**
 * Follows the length-prefixed frames of one client connection both ways, so that faults can strike
 * requests and answers by API. Without a fault in force bytes pass through untouched.
 *
 * <p>Frames as in https://kafka.apache.org/protocol#protocol_messages: a request is size, api key
 * (int16), version (int16), correlation id (int32), …; an answer is size, correlation id, ….
 */
final class FrameGates {
  private static final byte[] NOTHING = new byte[0];
  private static final int REQUEST_HEAD_BYTES = 12;
  private static final int ANSWER_HEAD_BYTES = 8;

  private final SimNetwork network;
  private final Party machine;
  private final Flow requests;
  private final Flow answers;
  private final FrameLedger ledger = new FrameLedger();
  private final RefusalDue refusalDue = new RefusalDue();

  private FrameGates(SimNetwork network, ClientEnd client, NodeEnd node) {
    this.network = network;
    this.machine = node.party;
    this.requests = client.out;
    this.answers = node.out;
    requests.gate = new RequestGate();
    answers.gate = new AnswerGate();
  }

  static void watch(SimNetwork network, ClientEnd client, NodeEnd node) {
    new FrameGates(network, client, node);
  }

  /** Cuts a stream into frames and asks what to do with each. */
  private abstract class Gate implements Flow.Gate {
    private final Flow flow;
    private final int headBytes;
    private byte[] carry = NOTHING;
    private long bodyLeft;
    private boolean judged;

    Gate(Flow flow, int headBytes) {
      this.flow = flow;
      this.headBytes = headBytes;
    }

    @Override
    public void arrived(byte[] segment) {
      byte[] bytes = carry.length == 0 ? segment : joined(carry, segment);
      carry = NOTHING;
      int start = 0;
      int at = 0;
      while (at < bytes.length) {
        if (bodyLeft > 0) {
          int passed = (int) Math.min(bodyLeft, bytes.length - at);
          at += passed;
          bodyLeft -= passed;
          if (bodyLeft == 0) {
            frameEnds();
          }
        } else if (bytes.length - at < headBytes) {
          pass(bytes, start, at);
          carry = Arrays.copyOfRange(bytes, at, bytes.length);
          return;
        } else {
          int next = frameBegins(bytes, start, at);
          if (next < 0) {
            return;
          }
          start = next == at ? start : next;
          at = next;
        }
      }
      pass(bytes, start, at);
    }

    /**
     * A frame begins at {@code at}; bytes from {@code start} to there are still to be passed on.
     *
     * @return where to go on, negative to stop for now
     */
    abstract int frameBegins(byte[] bytes, int start, int at);

    void frameEnds() {}

    final boolean judgedBefore() {
      boolean before = judged;
      judged = false;
      return before;
    }

    final void letThrough(byte[] bytes, int at) {
      int length = int32(bytes, at);
      bodyLeft = length < 0 ? Long.MAX_VALUE : length + 4L;
    }

    /** Keeps the frame at {@code at} and all that follows until later. */
    final int delay(byte[] bytes, int start, int at, long delayMs) {
      pass(bytes, start, at);
      judged = true;
      flow.pushBack(Arrays.copyOfRange(bytes, at, bytes.length));
      flow.hold(network.nowNs() + delayMs * 1_000_000L);
      return -1;
    }

    final void keep(byte[] bytes, int at) {
      judged = true;
      carry = Arrays.copyOfRange(bytes, at, bytes.length);
    }

    final void pass(byte[] bytes, int start, int end) {
      if (start == 0 && end == bytes.length) {
        flow.deliver(bytes);
      } else if (start < end) {
        flow.deliver(Arrays.copyOfRange(bytes, start, end));
      }
    }
  }

  private final class RequestGate extends Gate {
    private ActiveInterference refusing;

    RequestGate() {
      super(requests, REQUEST_HEAD_BYTES);
    }

    @Override
    int frameBegins(byte[] bytes, int start, int at) {
      int apiKey = int16(bytes, at + 4);
      if (refusing == null && !judgedBefore()) {
        ActiveInterference struck = strike(apiKey, false);
        if (struck != null) {
          if (struck.interference() instanceof Interference.DelayRequest) {
            return delay(
                bytes, start, at, ((Interference.DelayRequest) struck.interference()).delayMs());
          }
          refusing = struck;
        }
      }
      if (refusing != null) {
        return refuse(bytes, start, at);
      }
      return admit(bytes, at);
    }

    private int admit(byte[] bytes, int at) {
      if (ProduceAcks.answered(bytes, at)) {
        ledger.add(new FrameLedger.Pending(int32(bytes, at + 8), int16(bytes, at + 4), null));
      }
      letThrough(bytes, at);
      return at;
    }

    private int refuse(byte[] bytes, int start, int at) {
      pass(bytes, start, at);
      long end = at + 4L + int32(bytes, at);
      if (end > bytes.length) {
        keep(bytes, at);
        return -1;
      }
      Interference.Refuse fault = (Interference.Refuse) refusing.interference();
      refusing = null;
      judgedBefore();
      byte[] request = Arrays.copyOfRange(bytes, at + 4, (int) end);
      Refusal builder = network.refusal();
      byte[] answer = builder == null ? null : builder.answer(request, fault.error());
      if (answer == null) {
        requests.deliver(Arrays.copyOfRange(bytes, at, (int) end));
        if (ProduceAcks.answered(bytes, at)) {
          ledger.add(new FrameLedger.Pending(int32(bytes, at + 8), int16(bytes, at + 4), null));
        }
      } else if (ProduceAcks.answered(bytes, at)) {
        ledger.add(
            new FrameLedger.Pending(int32(bytes, at + 8), int16(bytes, at + 4), framed(answer)));
        refusalDue.arm();
      }
      return (int) end;
    }
  }

  private final class AnswerGate extends Gate {
    private boolean mute;

    AnswerGate() {
      super(answers, ANSWER_HEAD_BYTES);
    }

    @Override
    public void arrived(byte[] segment) {
      if (!mute) {
        super.arrived(segment);
      }
    }

    @Override
    int frameBegins(byte[] bytes, int start, int at) {
      int from = start;
      if (!judgedBefore()) {
        pass(bytes, start, at);
        from = at;
        FrameLedger.Pending request = matched(int32(bytes, at + 4));
        ActiveInterference struck = request == null ? null : strike(request.apiKey(), true);
        if (struck != null) {
          return struck.interference() instanceof Interference.DelayAnswer
              ? delay(bytes, from, at, ((Interference.DelayAnswer) struck.interference()).delayMs())
              : drop();
        }
      }
      letThrough(bytes, at);
      return at;
    }

    /** This answer is lost, and with it all later ones: a client takes answers only in order. */
    private int drop() {
      mute = true;
      return -1;
    }

    @Override
    void frameEnds() {
      refusalDue.arm();
    }

    private FrameLedger.Pending matched(int correlationId) {
      while (!ledger.isEmpty()) {
        FrameLedger.Pending oldest = ledger.take();
        if (oldest.correlationId() == correlationId) {
          return oldest;
        }
        if (oldest.refusal() != null) {
          answers.deliver(oldest.refusal());
        }
      }
      return null;
    }

    boolean mute() {
      return mute;
    }
  }

  /** Answers refused requests once all earlier ones have their answers. */
  private final class RefusalDue extends Event {
    void arm() {
      if (!queued() && !ledger.isEmpty()) {
        network.at(network.nowNs() + answers.link.drawLatencyNs(), this);
      }
    }

    @Override
    void fire() {
      FrameLedger.Pending refused = ledger.takeRefusedFirst();
      while (refused != null) {
        if (!((AnswerGate) answers.gate).mute()) {
          answers.deliver(refused.refusal());
        }
        refused = ledger.takeRefusedFirst();
      }
    }

    @Override
    TraceKind kind() {
      return TraceKind.FAULT;
    }

    @Override
    int party() {
      return machine.index();
    }
  }

  private ActiveInterference strike(int apiKey, boolean answer) {
    for (int i = 0; i < machine.interferences().size(); i++) {
      ActiveInterference active = machine.interferences().get(i);
      if (active.applies(apiKey) && onAnswers(active.interference()) == answer) {
        active.strike();
        network.note(TraceKind.FAULT, machine, apiKey, active.interference().toString());
        return active;
      }
    }
    return null;
  }

  private static boolean onAnswers(Interference interference) {
    return interference instanceof Interference.DropAnswer
        || interference instanceof Interference.DelayAnswer;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] framed(byte[] answer) {
    byte[] frame = new byte[answer.length + 4];
    for (int i = 0; i < 4; i++) {
      frame[i] = (byte) (answer.length >>> (24 - 8 * i));
    }
    System.arraycopy(answer, 0, frame, 4, answer.length);
    return frame;
  }

  static int int32(byte[] bytes, int at) {
    return int16(bytes, at) << 16 | int16(bytes, at + 2) & 0xFFFF;
  }

  static int int16(byte[] bytes, int at) {
    return bytes[at] << 8 | bytes[at + 1] & 0xFF;
  }
}
