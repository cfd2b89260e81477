package dev.trial.live.world;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks when their world is closed. */
class LiveWorldTest {
  @TempDir private Path directory;
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private Thread.UncaughtExceptionHandler before;

  @BeforeEach
  void listen() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void aTaskThatReadsAFileEndsInSilenceWhenTheWorldIsClosed() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[16]);
    LiveWorld world = new LiveWorld(1);
    Thread task = spawn(world, () -> readUntilInterrupted(file));
    world.close();
    await().dontCatchUncaughtExceptions().until(() -> !task.isAlive());
    assertEquals(List.of(), uncaught);
  }

  @Test
  void aTaskThatFailsIsHeardOf() {
    LiveWorld world = new LiveWorld(1);
    UncheckedIOException failure = new UncheckedIOException(new IOException("the disk is full"));
    Thread task =
        spawn(
            world,
            () -> {
              throw failure;
            });
    await().dontCatchUncaughtExceptions().until(() -> !task.isAlive());
    await().dontCatchUncaughtExceptions().until(() -> uncaught.equals(List.of(failure)));
    world.close();
  }

  private static Thread spawn(LiveWorld world, Runnable work) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    world.spawn(
        "task",
        () -> {
          thread.set(Thread.currentThread());
          work.run();
        });
    await().dontCatchUncaughtExceptions().until(() -> thread.get() != null);
    return thread.get();
  }

  private static void readUntilInterrupted(Path file) {
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(file)) {
          channel.read(ByteBuffer.allocate(16));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
