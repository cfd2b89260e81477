package dev.trial.live.machine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.DiskFile;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Acceptor;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.core.world.RandomStream;
import dev.trial.live.world.LiveClock;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveMachineTest {
  @TempDir private Path directory;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private LiveMachines machines;

  @BeforeEach
  void machines() {
    machines =
        new LiveMachines(
            directory, new LiveClock(), new DirectRoutes(), null, new RandomStream(1), log::add);
  }

  @AfterEach
  void close() {
    machines.close();
  }

  @Test
  void writtenBytesSurviveACrashAndOnlyFlushedOnesAPowerLoss() {
    LiveMachine machine = (LiveMachine) machines.machine("one");
    machine.boot(host -> write(host, "kept", true));
    machine.observe(() -> null);
    machine.kill();
    machine.boot(host -> write(host, "lost", false));
    machine.kill();
    assertEquals("keptlost", machine.boot(LiveMachineTest::content));
    machine.losePower();
    assertEquals("kept", machine.boot(LiveMachineTest::content));
  }

  @Test
  void bytesArriveInOrderAndStopWhilePaused() {
    AtomicInteger echoed = new AtomicInteger();
    machines.machine("server").boot(host -> serveEcho(host));
    LiveMachine client = (LiveMachine) machines.machine("client");
    Connection[] connection = new Connection[1];
    client.boot(
        host -> {
          connection[0] =
              host.network()
                  .connect(
                      new Address("server", 9092),
                      new ConnectionListener() {
                        @Override
                        public void connected() {
                          connection[0].write(new byte[100_000]);
                        }

                        @Override
                        public void received(byte[] bytes) {
                          echoed.addAndGet(bytes.length);
                        }

                        @Override
                        public void closed() {
                          echoed.set(-1);
                        }
                      });
          return null;
        });
    await().until(() -> echoed.get() == 100_000);

    machines.machine("server").pause();
    client.observe(
        () -> {
          connection[0].write(new byte[5]);
          return null;
        });
    machines.machine("server").resume();
    await().until(() -> echoed.get() == 100_005);

    machines.machine("server").kill();
    await().until(() -> echoed.get() == -1);
  }

  /** A write may find room again before the loop does: the listener hears of it all the same. */
  @Test
  void tellsThatItHasDrainedWhoeverSentTheLast() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean drained = new AtomicBoolean();
    Acceptor acceptor =
        (connection, remote) ->
            new ConnectionListener() {
              @Override
              public void connected() {}

              @Override
              public void received(byte[] bytes) {
                write(new byte[8 << 20]);
                assertTrue(connection.congested());
                while (read.get() < 8 << 20) {
                  write(new byte[1]);
                }
              }

              private void write(byte[] bytes) {
                written.addAndGet(bytes.length);
                connection.write(bytes);
              }

              @Override
              public void drained() {
                drained.set(true);
              }

              @Override
              public void closed() {}
            };
    machines
        .machine("server")
        .boot(
            host -> {
              host.network().listen(9092, acceptor);
              return null;
            });
    Address address = machines.clientAddress("server", 9092);
    try (Socket client = new Socket(address.host(), address.port())) {
      client.getOutputStream().write(1);
      while (read.get() < 8 << 20 || read.get() < written.get()) {
        read.addAndGet(client.getInputStream().read(new byte[1 << 16]));
      }
      await().untilTrue(drained);
    }
  }

  @Test
  void timersRunOnTheLoopAndDieWithTheProcess() {
    LiveMachine machine = (LiveMachine) machines.machine("one");
    AtomicInteger ticks = new AtomicInteger();
    AtomicBoolean late = new AtomicBoolean();
    machine.boot(
        host -> {
          host.timers().after(5, ticks::incrementAndGet);
          host.timers().after(1, ticks::incrementAndGet).cancel();
          host.timers().after(600_000, () -> late.set(true));
          return null;
        });
    await().until(() -> ticks.get() == 1);
    machine.kill();
    assertFalse(machine.running());
    assertFalse(late.get());
    assertEquals(List.of(), machine.boot(host -> host.disk().list("")));
  }

  @Test
  void portStaysTheSameBeforeTheFirstStartAndAfterTheLast() throws IOException {
    Address address = machines.clientAddress("server", 9092);
    InetSocketAddress real = new InetSocketAddress(address.host(), address.port());
    assertThrows(ConnectException.class, () -> new Socket().connect(real));
    for (int start = 0; start < 2; start++) {
      machines.machine("server").boot(LiveMachineTest::serveEcho);
      try (Socket socket = new Socket()) {
        socket.connect(real);
        socket.getOutputStream().write(7);
        assertEquals(7, socket.getInputStream().read());
        machines.machine("server").kill();
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
      }
      assertThrows(ConnectException.class, () -> new Socket().connect(real));
      assertThrows(BindException.class, () -> bindAlone(real));
      assertEquals(address, machines.clientAddress("server", 9092));
    }
  }

  @Test
  void programThatThrowsEndsItsProcess() {
    LiveMachine machine = (LiveMachine) machines.machine("one");
    machine.boot(
        host ->
            host.timers()
                .after(
                    1,
                    () -> {
                      throw new IllegalStateException("a defect");
                    }));
    await().until(() -> !machine.running());
    assertEquals("as it was left", machine.observe(() -> "as it was left"));
    assertTrue(log.stream().anyMatch(line -> line.startsWith("one FAILED ")), log::toString);
    assertEquals("one", machine.boot(Host::name));
  }

  @Test
  void eachDirectedLinkHasOneProxyAndClientsShareOne() {
    List<String> made = new ArrayList<>();
    ProxiedRoutes routes =
        new ProxiedRoutes(
            (from, to, upstream) -> {
              made.add(from + ">" + to + ">" + upstream.getPort());
              return new InetSocketAddress(upstream.getAddress(), 1000 + made.size());
            });
    assertNull(routes.route("a", "b", 9092));
    routes.bound("a", 9092, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    routes.bound("b", 9092, new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));
    for (int time = 0; time < 2; time++) {
      assertEquals(1001, routes.route("a", "b", 9092).getPort());
      assertEquals(1002, routes.route("b", "a", 9092).getPort());
      assertEquals(1003, routes.clientRoute("b", 9092).getPort());
    }
    assertEquals(List.of("a>b>2", "b>a>1", "clients>b>2"), made);
  }

  private static void bindAlone(InetSocketAddress address) throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      other.bind(address);
    }
  }

  private static Void write(Host host, String text, boolean flush) {
    DiskFile file = host.disk().open("log/0");
    file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    if (flush) {
      file.flush();
    }
    return null;
  }

  private static String content(Host host) {
    DiskFile file = host.disk().open("log/0");
    return StandardCharsets.UTF_8.decode(file.read(0, 1_000)).toString();
  }

  private static Void serveEcho(Host host) {
    Acceptor echo =
        (connection, remote) ->
            new ConnectionListener() {
              @Override
              public void connected() {
                throw new AssertionError("an accepted connection is connected already");
              }

              @Override
              public void received(byte[] bytes) {
                connection.write(bytes);
              }

              @Override
              public void closed() {
                connection.close();
              }
            };
    host.network().listen(9092, echo);
    return null;
  }
}
