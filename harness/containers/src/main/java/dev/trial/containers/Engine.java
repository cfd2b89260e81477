package dev.trial.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine, as Testcontainers finds it. */
public final class Engine {
  private static final long ANSWER_MS = 8_000;
  private static final long TESTCONTAINERS_MS = 90_000;
  private static final long FIRST_BYTE_MS = 8_000;
  private static final String START = "; start Docker, or point DOCKER_HOST at an engine";
  private static final String RYUK_OFF = "TESTCONTAINERS_RYUK_DISABLED";

  private final DockerClient client;

  private Engine(DockerClient client) {
    this.client = client;
  }

  /**
   * Reaches the engine.
   *
   * @throws ContainersException if none answers
   */
  public static Engine reach() {
    try {
      EnginePing.check(System.getenv("DOCKER_HOST"), ANSWER_MS);
      return new Engine(inTime(() -> DockerClientFactory.instance().client()));
    } catch (IOException away) {
      throw new ContainersException("no container engine: " + away.getMessage() + START, away);
    } catch (TimeoutException late) {
      throw new ContainersException(
          "Testcontainers is not ready within " + TESTCONTAINERS_MS / 1000 + " s" + hint(), late);
    } catch (ExecutionException none) {
      throw new ContainersException(
          "no container engine: " + ContainersException.reason(none) + hint(), none);
    }
  }

  private static String hint() {
    return Boolean.parseBoolean(System.getenv(RYUK_OFF))
        ? START
        : START + "; where Testcontainers' own Ryuk cannot run, set " + RYUK_OFF + "=true";
  }

  private static <T> T inTime(Supplier<T> question) throws TimeoutException, ExecutionException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
              }
            },
            "container-engine");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(TESTCONTAINERS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainersException("interrupted", e);
    }
  }

  /** Why there is no engine; empty if one answers. */
  public static Optional<String> missing() {
    try {
      reach();
      return Optional.empty();
    } catch (ContainersException none) {
      return Optional.of(none.getMessage());
    }
  }

  DockerClient client() {
    return client;
  }

  /** The engine's own version. */
  public String version() {
    return client.versionCmd().exec().getVersion();
  }

  /** True where root in a container is an ordinary user outside. */
  boolean rootless() {
    List<String> options = client.infoCmd().exec().getSecurityOptions();
    return options != null && options.stream().anyMatch(each -> each.contains("rootless"));
  }

  /** True if the image is there without asking a registry. */
  public boolean has(String image) {
    return inspect(image).isPresent();
  }

  private Optional<InspectImageResponse> inspect(String image) {
    try {
      return Optional.of(client.inspectImageCmd(image).exec());
    } catch (NotFoundException missing) {
      return Optional.empty();
    } catch (DockerException refused) {
      throw new ContainersException(
          "the engine does not tell whether image " + image + " is here: " + reason(refused),
          refused);
    }
  }

  /**
   * Sees to it that the image is there, from its registry if need be; asked once, not again and
   * again.
   *
   * @throws ContainersException.Named if it is not to be had
   */
  void need(String image) {
    if (has(image)) {
      return;
    }
    try (Pull pull = new Pull()) {
      client.pullImageCmd(tagged(image)).exec(pull);
      if (!pull.begunWithin(FIRST_BYTE_MS)) {
        throw new ContainersException.Named(
            "image " + image + " is not here, and its registry does not answer", null);
      }
      pull.awaitCompletion();
    } catch (DockerException refused) {
      throw new ContainersException.Named(
          "image " + image + " is not here and cannot be pulled: " + reason(refused), refused);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainersException("interrupted", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!has(image)) {
      throw new ContainersException.Named("image " + image + " cannot be pulled", null);
    }
  }

  /** Without a tag the engine would pull every one there is. */
  private static String tagged(String image) {
    boolean plain = image.indexOf(':', image.lastIndexOf('/') + 1) < 0 && !image.contains("@");
    return plain ? image + ":latest" : image;
  }

  /** Why a container does not start, in the engine's words if they are its. */
  static String said(RuntimeException failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof DockerException refused
        ? reason(refused)
        : ContainersException.reason(failed);
  }

  /** What the engine said, without docker-java's frame around it. */
  static String reason(DockerException refused) {
    String text = ContainersException.reason(refused);
    int from = text.indexOf("{\"message\":\"");
    int to = text.lastIndexOf("\"}");
    return from < 0 || to < from
        ? text
        : text.substring(from + 12, to).replace("\\\"", "\"").replace("\\n", " ").strip();
  }
}
