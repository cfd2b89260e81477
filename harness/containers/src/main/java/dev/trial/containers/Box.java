package dev.trial.containers;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container as all of ours are: labelled with its owner, from an image that is here already, and
 * published on loopback alone. When it is ready is for others to find out.
 */
final class Box extends GenericContainer<Box> {
  private final List<Bind> binds = new ArrayList<>();
  private final List<Integer> published = new ArrayList<>();
  private final Engine engine;
  private final String purpose;

  Box(Engine engine, String image, String purpose) {
    super(DockerImageName.parse(image));
    this.engine = engine;
    this.purpose = purpose;
    Owner owner = Owner.self();
    Watchdog.start(owner);
    withLabels(owner.labels());
    withImagePullPolicy(name -> false);
    waitingFor(new Nothing());
    withCreateContainerCmdModifier(
        command -> {
          command.withHostName(purpose);
          command.getHostConfig().withBinds(binds);
          command.withExposedPorts(published.stream().map(ExposedPort::tcp).toList());
          command
              .getHostConfig()
              .withPortBindings(published.stream().map(Box::onLoopback).toList());
        });
  }

  private static PortBinding onLoopback(int port) {
    return new PortBinding(Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port));
  }

  /** A directory of this machine, to read and write. */
  Box mount(Path directory, String within) {
    binds.add(new Bind(directory.toAbsolutePath().toString(), new Volume(within)));
    return this;
  }

  /** A file or directory of this machine, to read. */
  Box show(Path file, String within) {
    binds.add(new Bind(file.toAbsolutePath().toString(), new Volume(within), AccessMode.ro));
    return this;
  }

  Box publish(int port) {
    published.add(port);
    return this;
  }

  /** Runs that script in place of what the image runs. */
  Box shell(String script) {
    withCreateContainerCmdModifier(command -> command.withEntrypoint("sh", "-c").withCmd(script));
    return this;
  }

  /**
   * Runs as who owns a mounted directory outside, so that both sides may read and remove what is in
   * it; group 0 is whom the images let write their own directories.
   */
  Box asOwnerOf(Path directory) {
    return user(owner(directory));
  }

  Box user(String user) {
    withCreateContainerCmdModifier(command -> command.withUser(user));
    return this;
  }

  private String owner(Path directory) {
    try {
      return engine.rootless() ? "0:0" : Files.getAttribute(directory, "unix:uid") + ":0";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask who owns " + directory, e);
    }
  }

  @Override
  public String toString() {
    return purpose;
  }

  private static final class Nothing extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }
}
