package dev.trial.containers;

import java.io.IOException;
import org.testcontainers.DockerClientFactory;

/**
 * Outlives the process that started it, and then removes what that one has left with the engine:
 * when the other end of its standard input is closed, by whatever end, {@code kill -9} included.
 */
final class WatchdogMain {
  private WatchdogMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Owner owner = Owner.of(arguments[0]);
    while (System.in.read() >= 0) {
      // nothing is said here but that the owner lives
    }
    new Reaper(DockerClientFactory.instance().client()).removeFinally(owner);
    System.exit(0); // docker-java's threads would keep it alive
  }
}
