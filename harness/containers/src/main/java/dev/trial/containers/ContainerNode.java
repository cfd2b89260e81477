package dev.trial.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.trial.live.process.NodeProcess;

/** A node in its container, hurt by the engine. */
final class ContainerNode implements NodeProcess {
  private final DockerClient client;
  private final String id;

  ContainerNode(DockerClient client, String id) {
    this.client = client;
    this.id = id;
  }

  /** Starts the container again, with the disk as it was left. */
  void startAgain() {
    client.startContainerCmd(id).exec();
  }

  @Override
  public boolean alive() {
    try {
      return Boolean.TRUE.equals(client.inspectContainerCmd(id).exec().getState().getRunning());
    } catch (NotFoundException removed) {
      return false;
    }
  }

  @Override
  public void kill() {
    signal("KILL");
  }

  @Override
  public void terminate() {
    signal("TERM");
  }

  private void signal(String signal) {
    unlessEnded(() -> client.killContainerCmd(id).withSignal(signal).exec());
  }

  @Override
  public void pause() {
    unlessEnded(() -> client.pauseContainerCmd(id).exec());
  }

  @Override
  public void resume() {
    unlessEnded(() -> client.unpauseContainerCmd(id).exec());
  }

  /** A node may end by itself between the decision to hurt it and the deed. */
  private void unlessEnded(Runnable deed) {
    try {
      deed.run();
    } catch (ConflictException | NotModifiedException refused) {
      if (alive()) {
        throw refused;
      }
    }
  }
}
