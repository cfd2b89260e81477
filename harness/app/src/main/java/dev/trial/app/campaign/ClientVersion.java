package dev.trial.app.campaign;

/** Order of the releases of kafka-clients. */
final class ClientVersion {

  private ClientVersion() {}

  /** True if the version is older than that release; what has no number is not. */
  static boolean before(String version, int major, int minor) {
    String[] parts = version.split("[.-]");
    try {
      int told = Integer.parseInt(parts[0]);
      return told < major || told == major && Integer.parseInt(parts[1]) < minor;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException notNumbered) {
      return false;
    }
  }
}
