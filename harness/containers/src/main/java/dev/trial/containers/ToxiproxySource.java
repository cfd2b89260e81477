package dev.trial.containers;

import java.io.IOException;
import java.net.URI;

/** Which Toxiproxy stands on the links of a cluster. */
public sealed interface ToxiproxySource {
  /** The environment variable that says it: an image, a URL, or {@link #OWN}. */
  String VARIABLE = "TRIAL_TOXIPROXY";

  /** What asks for Trial's own server. */
  String OWN = "own";

  /** The image that is used unless another is named. */
  String USUAL = "shopify/toxiproxy:2.1.4";

  /** Trial's own server for the same interface, in a container of the Kafka image. */
  record Own() implements ToxiproxySource {}

  /** Toxiproxy's image, which is here. */
  record Image(String name) implements ToxiproxySource {}

  /** A Toxiproxy that runs on this machine already, and that its containers reach. */
  record Running(URI url) implements ToxiproxySource {}

  /**
   * What the environment variable says; without it the usual image, or Trial's own server where
   * that is neither here nor to be pulled.
   *
   * @throws ContainersException.Named if no Toxiproxy can be called so, or the image is not to be
   *     had
   * @throws ContainersException if no Toxiproxy answers at a URL
   */
  static ToxiproxySource of(Engine engine) {
    String named = named();
    if (named.equals(OWN)) {
      return new Own();
    }
    return named.contains("://") ? running(named) : image(engine, named);
  }

  private static ToxiproxySource image(Engine engine, String named) {
    if (!ImageName.valid(named)) {
      throw wrong(named);
    }
    try {
      engine.need(named);
      return new Image(named);
    } catch (ContainersException.Named absent) {
      if (!named.equals(USUAL)) {
        throw new ContainersException.Named(VARIABLE + ": " + absent.getMessage(), absent);
      }
      return new Own();
    }
  }

  private static ToxiproxySource running(String named) {
    URI url = url(named);
    try {
      ToxiproxyPing.check(url);
      return new Running(url);
    } catch (IOException away) {
      throw new ContainersException(
          "no Toxiproxy answers at " + url + ": " + away.getMessage(), away);
    }
  }

  private static URI url(String named) {
    try {
      URI url = URI.create(named);
      if ("http".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // told below
    }
    throw wrong(named);
  }

  private static ContainersException wrong(String named) {
    return new ContainersException.Named(
        VARIABLE + "=" + named + ": write http://HOST:PORT, an image's name, or " + OWN, null);
  }

  /** Which it would be, as far as that is known without asking a registry. */
  static String here(Engine engine) {
    String named = named();
    if (named.equals(OWN) || named.contains("://")) {
      return "proxies: " + named + " (" + VARIABLE + ")";
    }
    if (engine.has(named)) {
      return "proxies: " + named;
    }
    return named.equals(USUAL)
        ? named + " is not here: pulled if that can be done, else Trial's own proxies"
        : named + " (" + VARIABLE + ") is not here and must be pulled";
  }

  private static String named() {
    String named = System.getenv().getOrDefault(VARIABLE, "");
    return named.isEmpty() ? USUAL : named;
  }
}
