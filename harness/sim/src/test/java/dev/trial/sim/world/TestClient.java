package dev.trial.sim.world;

import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.SocketEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A client that keeps what its socket tells it. */
final class TestClient implements SocketEvents {
  final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  ClientSocket socket;
  boolean connected;
  int writable;
  int closed;

  /** Starts a process whose only strand connects and then waits for ever. */
  static TestClient start(Simulation simulation, String name, String host) {
    TestClient client = new TestClient();
    simulation.spawnProcess(
        name,
        TestClient.class.getClassLoader(),
        () -> {
          client.socket = simulation.connect(host, 9092, client);
          simulation.park(Simulation.FOREVER);
        });
    return client;
  }

  int write(byte[] bytes) {
    return socket.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 0, 1);
  }

  @Override
  public void connected() {
    connected = true;
  }

  @Override
  public void received(byte[] bytes) {
    heard.writeBytes(bytes);
  }

  @Override
  public void writable() {
    writable++;
  }

  @Override
  public void closed() {
    closed++;
  }
}
