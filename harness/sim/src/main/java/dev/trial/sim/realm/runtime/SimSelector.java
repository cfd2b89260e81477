package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.ChannelState;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.PlaintextChannelBuilder;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Stands under the real {@code NetworkClient} in place of Kafka's {@code Selector}, with what the
 * client can see of it: bytes are taken from a send inside {@link #poll} only and in parts, a
 * channel completes one receive in a poll, and what arrived before an end of stream is delivered
 * before the disconnection. PLAINTEXT only; selector metrics are not kept.
 */
public final class SimSelector implements Selectable, AutoCloseable {
  private static final long NS_PER_MS = 1_000_000L;
  private static final int FREE_SPINS = 3;
  private static final long FIRST_SPIN_NS = 1_000L;
  private static final long LONGEST_SPIN_NS = 1_000_000L;
  private static final int LONGEST_SPIN_SHIFT = 10;

  private final Kernel kernel = Rt.kernel();
  private final long maxIdleNs;
  private final ChannelBuilder channelBuilder;
  private final Map<String, SimChannel> channels = new LinkedHashMap<>();
  private final List<NetworkSend> completedSends = new ArrayList<>();
  private final List<NetworkReceive> completedReceives = new ArrayList<>();
  private final List<String> connected = new ArrayList<>();
  private final Map<String, ChannelState> disconnected = new LinkedHashMap<>();
  private final List<String> failedSends = new ArrayList<>();

  /** The channels as an array that no change of them touches; null after one. */
  private SimChannel[] snapshot;

  private Strand poller;
  private boolean woken;
  private int spins;
  private long nextIdleCheckNs;

  /** The constructor that client code calls on Kafka's {@code Selector}. */
  public SimSelector(
      long connectionMaxIdleMs,
      Metrics metrics,
      Time time,
      String metricGroupPrefix,
      ChannelBuilder channelBuilder,
      LogContext logContext) {
    if (!(channelBuilder instanceof PlaintextChannelBuilder)) {
      throw new UnsupportedOperationException(
          "simulated connections carry PLAINTEXT only; set security.protocol=PLAINTEXT");
    }
    this.channelBuilder = channelBuilder;
    this.maxIdleNs =
        connectionMaxIdleMs < 0
            ? Kernel.FOREVER
            : Math.multiplyExact(connectionMaxIdleMs, NS_PER_MS);
    this.nextIdleCheckNs = maxIdleNs;
  }

  @Override
  public void connect(String id, InetSocketAddress address, int sendBuffer, int receiveBuffer)
      throws IOException {
    if (channels.containsKey(id)) {
      throw new IllegalStateException("There is already a connection for id " + id);
    }
    if (address.isUnresolved()) {
      throw new IOException("Can't resolve address: " + address);
    }
    SimChannel channel = new SimChannel(this, id, address, kernel.nowNs());
    channels.put(id, channel);
    snapshot = null;
    channel.open(kernel);
  }

  @Override
  public void wakeup() {
    woken = true;
    wakePoller();
  }

  void wakePoller() {
    if (poller != null) {
      kernel.unpark(poller);
    }
  }

  @Override
  public void close() {
    for (String id : new ArrayList<>(channels.keySet())) {
      close(id);
    }
    channelBuilder.close();
  }

  @Override
  public void close(String id) {
    SimChannel channel = channels.remove(id);
    if (channel != null) {
      snapshot = null;
      channel.close();
    }
  }

  @Override
  public void send(NetworkSend send) {
    String id = send.destinationId();
    SimChannel channel = channels.get(id);
    if (channel == null) {
      throw new IllegalStateException("Attempt to send to a connection that is not open: " + id);
    }
    if (channel.ended()) {
      failedSends.add(id);
    } else {
      channel.begin(send);
    }
  }

  @Override
  public void poll(long timeoutMs) throws IOException {
    if (timeoutMs < 0) {
      throw new IllegalArgumentException("timeout should be >= 0");
    }
    clear();
    boolean ready = anyReady();
    if (ready || woken || !disconnected.isEmpty()) {
      spins = 0;
      kernel.yieldNow();
    } else {
      await(timeoutMs);
    }
    woken = false;
    for (SimChannel channel : snapshot()) {
      serve(channel);
    }
    closeIdle();
  }

  private void clear() {
    completedSends.clear();
    completedReceives.clear();
    connected.clear();
    disconnected.clear();
    for (String id : failedSends) {
      close(id);
      disconnected.put(id, ChannelState.FAILED_SEND);
    }
    failedSends.clear();
  }

  private SimChannel[] snapshot() {
    if (snapshot == null) {
      snapshot = channels.values().toArray(SimChannel[]::new);
    }
    return snapshot;
  }

  private boolean anyReady() {
    for (SimChannel channel : snapshot()) {
      if (channel.ready()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Polls without a timeout cost growing virtual time, or a spinning client would stop the clock.
   */
  private void await(long timeoutMs) {
    long deadlineNs;
    if (timeoutMs > 0) {
      spins = 0;
      deadlineNs = Clocks.afterMs(timeoutMs);
    } else if (++spins <= FREE_SPINS) {
      kernel.yieldNow();
      return;
    } else {
      long pauseNs = FIRST_SPIN_NS << Math.min(LONGEST_SPIN_SHIFT, spins - FREE_SPINS);
      deadlineNs = Clocks.afterNs(Math.min(LONGEST_SPIN_NS, pauseNs));
    }
    poller = Rt.blockingStrand("Selector.poll");
    boolean late = false;
    while (!late && !woken && !anyReady()) {
      late = kernel.park(deadlineNs) || Threads.interruptPending(poller);
    }
    poller = null;
  }

  private void serve(SimChannel channel) {
    if (!channel.ready()) {
      return;
    }
    channel.touch(kernel.nowNs());
    if (channel.finishConnect()) {
      connected.add(channel.id());
    }
    ChannelState end = transfer(channel);
    if (end != null) {
      close(channel.id());
      disconnected.put(channel.id(), end);
    }
  }

  /** Moves bytes both ways; the state to report if the channel is at its end. */
  private ChannelState transfer(SimChannel channel) {
    try {
      NetworkReceive receive = channel.read();
      if (receive != null) {
        completedReceives.add(receive);
      }
      if (channel.ended()) {
        return receive == null && channel.exhausted() ? channel.endState() : null;
      }
      NetworkSend sent = channel.write(kernel);
      if (sent != null) {
        completedSends.add(sent);
      }
      return null;
    } catch (IOException e) {
      return channel.endState();
    }
  }

  /** As {@code connections.max.idle.ms} says, at most one connection in a poll. */
  private void closeIdle() {
    long nowNs = kernel.nowNs();
    if (nowNs < nextIdleCheckNs || channels.isEmpty()) {
      return;
    }
    SimChannel oldest = null;
    for (SimChannel channel : channels.values()) {
      if (oldest == null || channel.activeNs() < oldest.activeNs()) {
        oldest = channel;
      }
    }
    if (nowNs - oldest.activeNs() > maxIdleNs) {
      close(oldest.id());
      disconnected.put(oldest.id(), ChannelState.EXPIRED);
    } else {
      nextIdleCheckNs = oldest.activeNs() + maxIdleNs;
    }
  }

  @Override
  public List<NetworkSend> completedSends() {
    return completedSends;
  }

  @Override
  public Collection<NetworkReceive> completedReceives() {
    return completedReceives;
  }

  @Override
  public Map<String, ChannelState> disconnected() {
    return disconnected;
  }

  @Override
  public List<String> connected() {
    return connected;
  }

  @Override
  public void mute(String id) {
    channels.get(id).mute(true);
  }

  @Override
  public void unmute(String id) {
    channels.get(id).mute(false);
  }

  @Override
  public void muteAll() {
    channels.values().forEach(channel -> channel.mute(true));
  }

  @Override
  public void unmuteAll() {
    channels.values().forEach(channel -> channel.mute(false));
  }

  @Override
  public boolean isChannelReady(String id) {
    SimChannel channel = channels.get(id);
    return channel != null && channel.isConnected();
  }
}
