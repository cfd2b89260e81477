package dev.trial.sim.realm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.Kernel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel over a socket with room for four bytes at a time. */
class WireGuardTest {
  private static final int ROOM = 4;

  private final List<String> oracles = new ArrayList<>();
  private final byte[] bytes = {1, 2, 3, 4, 5, 6};
  private final Kernel kernel = kernel();
  private final SimChannel channel =
      new SimChannel(
          new SimSelector(-1, null, null, "", plaintext(), null),
          "0",
          InetSocketAddress.createUnresolved("broker-1", 9092),
          0);
  private NetworkSend send;

  @BeforeEach
  void connect() {
    channel.open(kernel);
    channel.connected();
    channel.finishConnect();
    send = new NetworkSend("0", new ByteBufferSend(ByteBuffer.wrap(bytes)));
    channel.begin(send);
  }

  @Test
  void aSendIsCompleteWhenItsLastByteIsTaken() throws IOException {
    assertNull(channel.write(kernel));
    assertNull(channel.write(kernel), "the socket is full");
    channel.writable();
    assertSame(send, channel.write(kernel));
    assertEquals(List.of(), oracles);
  }

  @Test
  void bytesThatChangeBeforeTheyAreWrittenAreReportedOnce() throws IOException {
    channel.write(kernel);
    bytes[5] = 9;
    channel.writable();
    channel.write(kernel);
    assertEquals(1, oracles.size());
  }

  @Test
  void bytesThatChangeAfterTheyWereWrittenAreNobodysBusiness() throws IOException {
    channel.write(kernel);
    bytes[0] = 9;
    channel.writable();
    channel.write(kernel);
    assertEquals(List.of(), oracles);
  }

  @Test
  void receivesAreCutFromAnyChunksOneAtATime() throws IOException {
    channel.received(new byte[] {0, 0});
    channel.received(new byte[] {0, 2, 7});
    assertNull(channel.read());
    channel.received(new byte[] {8, 0, 0, 0, 1, 9});
    NetworkReceive first = channel.read();
    assertEquals(ByteBuffer.wrap(new byte[] {7, 8}), first.payload());
    assertEquals(ByteBuffer.wrap(new byte[] {9}), channel.read().payload());
    assertNull(channel.read());
  }

  private static org.apache.kafka.common.network.ChannelBuilder plaintext() {
    return new org.apache.kafka.common.network.PlaintextChannelBuilder(null);
  }

  private Kernel kernel() {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "connect" -> new FourBytes();
                  case "oracle" -> oracles.add((String) arguments[0]) ? null : null;
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  private static final class FourBytes implements ClientSocket {
    @Override
    public int write(ByteBuffer[] buffers, int offset, int length) {
      int left = ROOM;
      for (int i = offset; i < offset + length; i++) {
        int count = Math.min(left, buffers[i].remaining());
        buffers[i].position(buffers[i].position() + count);
        left -= count;
      }
      return ROOM - left;
    }

    @Override
    public void close() {}
  }
}
