package dev.trial.sim.world;

import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.core.world.RandomStream;
import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.SocketEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The parties, the links between them, and the opening and breaking of connections. */
final class SimNetwork {
  private static final int[] SEND_BUFFERS = {16 << 10, 64 << 10, 128 << 10, 128 << 10};

  private final Scheduler scheduler;
  private final Trace trace;
  private final RandomStream random;
  private final SimulationOptions options;
  private final int sendBufferBytes;
  private final Map<String, Party> byName = new TreeMap<>();
  private final List<Party> parties = new ArrayList<>();
  private Refusal refusal;
  private Consumer<String> afterEvent;
  private int connections;

  SimNetwork(Scheduler scheduler, Trace trace, RandomStream root, SimulationOptions options) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.random = root.fork("network");
    this.options = options;
    this.sendBufferBytes =
        options.sendBufferBytes() > 0
            ? options.sendBufferBytes()
            : SEND_BUFFERS[random.fork("send-buffer").nextInt(SEND_BUFFERS.length)];
  }

  // ---- parties and links

  /** The party of that name, made on first use. */
  Party party(String name) {
    Party party = byName.get(name);
    if (party == null) {
      party = new Party(name, parties.size());
      parties.add(party);
      byName.put(name, party);
    }
    return party;
  }

  Link link(Party from, Party to) {
    Link link = from.existingLink(to);
    if (link == null) {
      link =
          new Link(
              random.fork("link:" + from.name() + ">" + to.name()),
              options.latencyMinNs(),
              options.latencyMaxNs());
      from.link(to, link);
    }
    return link;
  }

  byte[] resolve(String host) {
    Party party = byName.get(host);
    if (party == null) {
      return null;
    }
    int number = party.index() + 1;
    return new byte[] {10, 0, (byte) (number / 250), (byte) (1 + number % 250)};
  }

  /** A party by name or by the text of its address; null if there is none. */
  private Party find(String host) {
    Party party = byName.get(host);
    if (party != null || !host.startsWith("10.0.")) {
      return party;
    }
    String[] parts = host.split("\\.");
    int index = Integer.parseInt(parts[2]) * 250 + Integer.parseInt(parts[3]) - 2;
    return parts.length == 4 && index >= 0 && index < parties.size() ? parties.get(index) : null;
  }

  // ---- connections

  ClientSocket connect(Party client, String host, int port, SocketEvents events) {
    ClientEnd end = new ClientEnd(client, events, sendBufferBytes);
    NodeEnd far = open(end, host, port);
    FrameGates.watch(this, end, far);
    return end;
  }

  NodeEnd connect(SimHost from, Address to, ConnectionListener listener) {
    NodeEnd end = new NodeEnd(from, listener);
    open(end, to.host(), to.port());
    return end;
  }

  private NodeEnd open(Endpoint near, String host, int port) {
    Party known = find(host);
    NodeEnd far = new NodeEnd(known == null ? party(host) : known, port);
    int connection = connections++;
    near.peer = far;
    far.peer = near;
    near.out = new Flow(this, link(near.party, far.party), near, far, connection, true);
    far.in = near.out;
    far.out = new Flow(this, link(far.party, near.party), far, near, connection, false);
    near.in = far.out;
    near.party.add(near);
    far.party.add(far);
    near.out.push(Flow.SYN);
    return far;
  }

  /** What is under way is lost; the receiving end learns that the connection is gone. */
  void reset(Flow flow) {
    flow.clear();
    flow.push(Flow.RST);
  }

  /** A client process is gone: its kernel sends what it had taken, then closes. */
  void closeAll(Party party) {
    while (!party.endpoints().isEmpty()) {
      last(party).closeInOrder();
    }
  }

  /** A node process is gone: connections are reset after what it had written. */
  void resetAll(Party party) {
    for (Endpoint end : List.copyOf(party.endpoints())) {
      if (!((NodeEnd) end).requestUnderWay()) {
        end.forget();
        end.out.push(Flow.RST);
      }
    }
  }

  /** A machine lost its power: the other ends hear nothing, not even what could not be sent. */
  void loseAll(Party party) {
    for (Endpoint end : List.copyOf(party.endpoints())) {
      if (!((NodeEnd) end).requestUnderWay()) {
        end.state = Endpoint.State.LOST;
        if (end.out.link.cut()) {
          end.out.clear();
        }
      }
    }
  }

  private static Endpoint last(Party party) {
    return party.endpoints().get(party.endpoints().size() - 1);
  }

  /** The machine has power again: what was sent to it in vain is sent again. */
  void retransmitTo(Party party) {
    for (Endpoint end : List.copyOf(party.endpoints())) {
      end.in.retransmit();
    }
  }

  /** The party runs again: arrivals go on. */
  void wake(Party party) {
    for (Endpoint end : List.copyOf(party.endpoints())) {
      end.in.schedule();
      if (end instanceof ClientEnd) {
        ((ClientEnd) end).offerRoom();
      }
    }
  }

  // ---- time and trace

  long nowNs() {
    return scheduler.nowNs();
  }

  void at(long dueNs, Event event) {
    scheduler.at(dueNs, event);
  }

  void cancel(Event event) {
    scheduler.cancel(event);
  }

  void traceBytes(Flow flow, byte[] bytes) {
    long what = ((long) flow.connection() << 1) | (flow.forward() ? 1 : 0);
    if (trace.watched()) {
      trace.describe(bytes.length + " bytes on " + flow);
    }
    trace.bytes(nowNs(), TraceKind.BYTES, flow.to.party.index(), what, bytes);
  }

  void note(TraceKind kind, Party party, long what, String text) {
    if (trace.watched()) {
      trace.describe(party.name() + " " + text);
    }
    trace.mix(nowNs(), kind, party.index(), what, 0);
  }

  void afterEvent(Consumer<String> check) {
    afterEvent = check;
  }

  void afterDelivery(Party party) {
    party.holdUntil(0);
    if (afterEvent != null && party.host() != null) {
      afterEvent.accept(party.name());
    }
  }

  Refusal refusal() {
    return refusal;
  }

  void refusal(Refusal builder) {
    refusal = builder;
  }
}
