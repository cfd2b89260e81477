package dev.trial.live.machine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.world.DiskFile;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Acceptor;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.core.world.RandomStream;
import dev.trial.live.world.LiveClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveMachineTest {
  @TempDir private Path directory;
  private LiveMachines machines;

  @BeforeEach
  void machines() {
    machines =
        new LiveMachines(
            directory,
            new LiveClock(),
            new DirectRoutes(),
            null,
            new RandomStream(1),
            line -> assertFalse(line.isEmpty()));
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
