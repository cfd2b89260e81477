package dev.trial.nemesis.proxy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trial.core.json.ReadableJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The proxy server as the only program of a container, in place of a Toxiproxy: the same HTTP
 * interface on the same port. It carries bytes and knows no messages.
 */
public final class ProxyContainerMain {
  /** Toxiproxy's own. */
  public static final int HTTP_PORT = 8474;

  private ProxyContainerMain() {}

  /** A class of each jar that it needs. */
  public static List<Class<?>> needs() {
    return List.of(
        ProxyContainerMain.class,
        ReadableJson.class,
        ObjectMapper.class,
        JsonFactory.class,
        JsonProperty.class);
  }

  /** Serves until the process ends. */
  public static void main(String[] arguments) throws IOException {
    ProxyServer server = ProxyServer.start(new BytesOnly(), Reach.CONTAINER, HTTP_PORT);
    System.out.println("listening on port " + server.httpPort());
  }

  private static final class BytesOnly implements RefusalCodec {
    @Override
    public int apiKey(String api) {
      return -1;
    }

    @Override
    public boolean expectsAnswer(byte[] request) {
      return true;
    }

    @Override
    public Optional<byte[]> refuse(byte[] request, String error) {
      return Optional.empty();
    }
  }
}
