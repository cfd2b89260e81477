package dev.trial.live.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.core.world.RandomStream;
import dev.trial.live.world.LiveClock;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How connections end, seen by a client that is no part of the harness. */
@Timeout(60)
class LiveConnectionTest {
  private static final int ANSWER_BYTES = 200_000;
  private static final int END = -1;

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
            line -> {
              throw new AssertionError(line);
            });
  }

  @AfterEach
  void close() {
    machines.close();
  }

  @Test
  void whatAServerWroteBeforeItClosedArrivesAndThenTheEnd() throws IOException {
    serve(
        connection -> {
          connection.write(new byte[ANSWER_BYTES]);
          connection.close();
        });
    try (Socket client = connected()) {
      client.getOutputStream().write(1);
      assertEquals(ANSWER_BYTES, client.getInputStream().readNBytes(ANSWER_BYTES).length);
      assertEquals(END, client.getInputStream().read());
    }
  }

  @Test
  void theEndOfAClientIsAnsweredByTheEnd() throws IOException {
    serve(connection -> connection.write(new byte[1]));
    try (Socket client = connected()) {
      client.getOutputStream().write(1);
      client.shutdownOutput();
      assertEquals(0, client.getInputStream().read());
      assertEquals(END, client.getInputStream().read());
    }
  }

  @Test
  void theEndOfTheProcessResets() throws IOException {
    serve(connection -> connection.write(new byte[1]));
    try (Socket client = connected()) {
      client.getOutputStream().write(1);
      assertEquals(0, client.getInputStream().read());
      machines.machine("server").kill();
      assertThrows(SocketException.class, () -> client.getInputStream().read());
    }
  }

  private Socket connected() throws IOException {
    Address address = machines.clientAddress("server", 9092);
    return new Socket(address.host(), address.port());
  }

  private void serve(Consumer<Connection> answer) {
    machines
        .machine("server")
        .boot(
            host -> {
              host.network()
                  .listen(9092, (connection, remote) -> new Answering(connection, answer));
              return null;
            });
  }

  private record Answering(Connection connection, Consumer<Connection> answer)
      implements ConnectionListener {
    @Override
    public void connected() {
      throw new AssertionError("an accepted connection is connected already");
    }

    @Override
    public void received(byte[] bytes) {
      answer.accept(connection);
    }

    @Override
    public void closed() {}
  }
}
