package dev.trial.containers;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Asks a Toxiproxy for its version, which toxiproxy-java would wait for without end. */
final class ToxiproxyPing {
  private static final int ANSWER_MS = 4_000;
  private static final int LONGEST_VERSION = 100;

  private ToxiproxyPing() {}

  /**
   * Returns if a Toxiproxy answers there.
   *
   * @throws IOException if nobody does within some seconds, or somebody else
   */
  static void check(URI url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) url.resolve("/version").toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(ANSWER_MS);
    connection.setReadTimeout(ANSWER_MS);
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK || !version(connection)) {
        throw new IOException("what listens there is no Toxiproxy");
      }
    } catch (UnknownHostException nowhere) {
      throw new IOException("unknown host", nowhere);
    } catch (SocketTimeoutException silent) {
      throw new IOException("no answer within " + ANSWER_MS / 1000 + " s", silent);
    } finally {
      connection.disconnect();
    }
  }

  /** As plain text, or from 2.5 on as JSON; a build from sources may be called "git". */
  private static boolean version(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      String text = new String(body.readNBytes(LONGEST_VERSION + 1), StandardCharsets.US_ASCII);
      return text.strip().matches("[\\w.+-]{1,100}|\\{\\s*\"version\".*}");
    }
  }
}
