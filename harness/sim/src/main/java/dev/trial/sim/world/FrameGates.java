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
  private static final int STOP = -1;
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

    /** Bytes before it in the array at hand were passed on. */
    private int start;

    /** So many bytes of {@code carry} were passed on already: the frame can't be held any more. */
    private int begun;

    Gate(Flow flow, int headBytes) {
      this.flow = flow;
      this.headBytes = headBytes;
    }

    @Override
    public void arrived(byte[] segment) {
      byte[] bytes = carry.length == 0 ? segment : joined(carry, segment);
      carry = NOTHING;
      start = begun;
      int at = 0;
      while (at >= 0 && at < bytes.length) {
        if (bodyLeft > 0) {
          at += throughBody(bytes.length - at);
        } else if (bytes.length - at < headBytes) {
          awaitHead(bytes, at);
          return;
        } else {
          at = frameBegins(bytes, at);
          begun = 0;
        }
      }
      if (at >= 0) {
        pass(bytes, at);
      }
    }

    private int throughBody(int available) {
      int passed = (int) Math.min(bodyLeft, available);
      bodyLeft -= passed;
      if (bodyLeft == 0) {
        frameEnds();
      }
      return passed;
    }

    /** The rest is too short to tell what frame it is; without faults it need not wait for that. */
    private void awaitHead(byte[] bytes, int at) {
      boolean watchful = begun == 0 && !machine.interferences().isEmpty();
      pass(bytes, watchful ? at : bytes.length);
      carry = Arrays.copyOfRange(bytes, at, bytes.length);
      begun = watchful ? 0 : carry.length;
    }

    final boolean begun() {
      return begun > 0;
    }

    /**
     * A frame begins at {@code at}.
     *
     * @return where to go on, negative to stop for now
     */
    abstract int frameBegins(byte[] bytes, int at);

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
    final int delay(byte[] bytes, int at, long delayMs) {
      pass(bytes, at);
      judged = true;
      flow.pushBack(Arrays.copyOfRange(bytes, at, bytes.length));
      flow.hold(network.nowNs() + delayMs * 1_000_000L);
      return STOP;
    }

    final void keep(byte[] bytes, int at) {
      judged = true;
      carry = Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** Passes on what comes before {@code end} and was not yet. */
    final void pass(byte[] bytes, int end) {
      if (start == 0 && end == bytes.length) {
        flow.deliver(bytes);
      } else if (start < end) {
        flow.deliver(Arrays.copyOfRange(bytes, start, end));
      }
      start = Math.max(start, end);
    }

    /** Leaves out what comes before {@code end}. */
    final void skip(int end) {
      start = end;
    }
  }

  private final class RequestGate extends Gate {
    private ActiveInterference refusing;

    RequestGate() {
      super(requests, REQUEST_HEAD_BYTES);
    }

    @Override
    int frameBegins(byte[] bytes, int at) {
      if (refusing == null && !judgedBefore() && !begun()) {
        ActiveInterference struck = strike(int16(bytes, at + 4), false);
        if (struck != null && struck.interference() instanceof Interference.DelayRequest) {
          return delay(bytes, at, ((Interference.DelayRequest) struck.interference()).delayMs());
        }
        refusing = struck;
      }
      if (refusing != null) {
        return refuse(bytes, at);
      }
      expectAnswer(bytes, at, null);
      letThrough(bytes, at);
      return at;
    }

    private void expectAnswer(byte[] bytes, int at, byte[] refusal) {
      if (ProduceAcks.answered(bytes, at)) {
        int correlationId = int32(bytes, at + 8);
        ledger.add(new FrameLedger.Pending(correlationId, int16(bytes, at + 4), refusal));
      }
    }

    /** Waits for the whole request, then answers it in the broker's place. */
    private int refuse(byte[] bytes, int at) {
      pass(bytes, at);
      long end = at + 4L + int32(bytes, at);
      if (end > bytes.length) {
        keep(bytes, at);
        return STOP;
      }
      String error = ((Interference.Refuse) refusing.interference()).error();
      refusing = null;
      judgedBefore();
      Refusal builder = network.refusal();
      byte[] request = Arrays.copyOfRange(bytes, at + 4, (int) end);
      byte[] answer = builder == null ? null : builder.answer(request, error);
      if (answer == null) {
        expectAnswer(bytes, at, null);
        pass(bytes, (int) end);
      } else {
        expectAnswer(bytes, at, framed(answer));
        skip((int) end);
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
    int frameBegins(byte[] bytes, int at) {
      if (!judgedBefore()) {
        FrameLedger.Pending request = matched(bytes, at);
        ActiveInterference struck =
            request == null || begun() ? null : strike(request.apiKey(), true);
        if (struck != null && struck.interference() instanceof Interference.DelayAnswer) {
          return delay(bytes, at, ((Interference.DelayAnswer) struck.interference()).delayMs());
        }
        if (struck != null) {
          return drop(bytes, at);
        }
      }
      letThrough(bytes, at);
      return at;
    }

    /** This answer is lost, and with it all later ones: a client takes answers only in order. */
    private int drop(byte[] bytes, int at) {
      pass(bytes, at);
      mute = true;
      return STOP;
    }

    @Override
    void frameEnds() {
      refusalDue.arm();
    }

    /** The request of the answer at {@code at}; refusals of earlier ones go first. */
    private FrameLedger.Pending matched(byte[] bytes, int at) {
      int correlationId = int32(bytes, at + 4);
      while (!ledger.isEmpty()) {
        FrameLedger.Pending oldest = ledger.take();
        if (oldest.correlationId() == correlationId) {
          return oldest;
        }
        if (oldest.refusal() != null) {
          pass(bytes, at);
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
