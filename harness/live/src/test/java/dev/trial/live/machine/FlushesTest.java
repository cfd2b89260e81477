package dev.trial.live.machine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.Network.ConnectionListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlushesTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final CompletableFuture<Void> diskDone = new CompletableFuture<>();
  private final Flushes flushes = new Flushes();
  private final EventLoop loop = new EventLoop("node", failed::complete);
  private final HeldOutput held = new HeldOutput(loop, flushes);

  @AfterEach
  void close() {
    diskDone.complete(null);
    loop.stop();
  }

  @Test
  void oneThatEndsEarlyCountsWhenAllBeforeItHaveEnded() {
    flushes.begin(diskDone::join);
    CompletableFuture<Void> second = flushes.begin(() -> {});
    second.join();
    assertFalse(flushes.ended(1));
    assertFalse(flushes.ended(2));
    diskDone.complete(null);
    flushes.await();
    assertTrue(flushes.ended(2));
  }

  @Test
  void outputAfterAFlushLeavesWhenTheFlushIsOver() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket peer = peer(server)) {
      assertEquals('a', peer.getInputStream().read());
      peer.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> peer.getInputStream().read());
      diskDone.complete(null);
      peer.setSoTimeout((int) SOON.toMillis());
      assertEquals('b', peer.getInputStream().read());
      assertEquals('c', peer.getInputStream().read());
    }
  }

  /** The other end of a connection that sends a, flushes a file, and sends b and c. */
  private Socket peer(ServerSocket server) throws IOException {
    LiveConnection connection = new LiveConnection(SocketChannel.open(), held);
    loop.submit(
        () ->
            connection.dial(
                loop,
                (InetSocketAddress) server.getLocalSocketAddress(),
                new ConnectionListener() {
                  @Override
                  public void connected() {
                    connection.write(new byte[] {'a'});
                    flushes.begin(diskDone::join);
                    connection.write(new byte[] {'b'});
                    connection.write(new byte[] {'c'});
                  }

                  @Override
                  public void received(byte[] bytes) {}

                  @Override
                  public void closed() {}
                }));
    return server.accept();
  }

  @Test
  void aFlushThatFailsEndsTheProcess() {
    DiskException full = new DiskException("no space left");
    loop.submit(
        () ->
            flushes.begin(
                () -> {
                  throw full;
                }));
    await().atMost(SOON).until(() -> loop.ended().isDone());
    assertEquals(full, failed.join());
  }
}
