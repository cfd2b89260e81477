package dev.trial.containers;

/** Which Toxiproxy stands on the links. */
public final class Toxiproxies {
  /** The environment variable that names another image of it, or {@link #OWN}. */
  public static final String VARIABLE = "TRIAL_TOXIPROXY_IMAGE";

  /** Trial's own server, in a container of the Kafka image. */
  public static final String OWN = "own";

  private static final String DEFAULT = "shopify/toxiproxy:2.1.4";

  private Toxiproxies() {}

  /**
   * Toxiproxy's image; null for Trial's own server, where no image is named and the usual one is
   * neither here nor to be pulled.
   *
   * @throws ContainersException.OfImage if an image is named and not to be had
   */
  public static String image(Engine engine) {
    String named = named();
    if (named.equals(OWN)) {
      return null;
    }
    try {
      engine.need(named);
      return named;
    } catch (ContainersException.OfImage absent) {
      if (!named.equals(DEFAULT)) {
        throw absent;
      }
      return null;
    }
  }

  /** Which it would be, as far as it is known without asking a registry. */
  public static String here(Engine engine) {
    String named = named();
    if (named.equals(OWN)) {
      return "Trial's own proxies (" + VARIABLE + ")";
    }
    if (engine.has(named)) {
      return "Toxiproxy is " + named;
    }
    return named.equals(DEFAULT)
        ? DEFAULT + " is not here: pulled if that can be done, else Trial's own proxies"
        : named + " (" + VARIABLE + ") is not here: it must be pulled";
  }

  private static String named() {
    String named = System.getenv().getOrDefault(VARIABLE, "");
    return named.isEmpty() ? DEFAULT : named;
  }
}
