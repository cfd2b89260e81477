package dev.trial.sim.realm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Locates kafka-clients jars: on the class path, in the local Maven repository, then elsewhere. */
public final class ClientJars {
  private static final String ARTIFACT = "kafka-clients-";

  private final List<JarSource> sources;

  /** With {@code further} asked last, a resolver that downloads for example. */
  public ClientJars(JarSource... further) {
    JarSource[] all = new JarSource[further.length + 2];
    all[0] = ClientJars::onClassPath;
    all[1] = ClientJars::inLocalRepository;
    System.arraycopy(further, 0, all, 2, further.length);
    this.sources = List.of(all);
  }

  /** The jar of that version. Its absence is an error that says where was looked. */
  public Path locate(String version) throws IOException {
    for (JarSource source : sources) {
      Path jar = source.find(version);
      if (jar != null) {
        return jar;
      }
    }
    throw new IOException(
        "kafka-clients "
            + version
            + " is neither on the class path nor in "
            + localRepository()
            + "; fetch it with: mvn dependency:get -Dartifact=org.apache.kafka:kafka-clients:"
            + version);
  }

  private static Path onClassPath(String version) {
    String name = ARTIFACT + version + ".jar";
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.endsWith(name) && Files.exists(path)) {
        return path;
      }
    }
    return null;
  }

  private static Path inLocalRepository(String version) {
    Path jar =
        localRepository()
            .resolve("org/apache/kafka/kafka-clients")
            .resolve(version)
            .resolve(ARTIFACT + version + ".jar");
    return Files.exists(jar) ? jar : null;
  }

  private static Path localRepository() {
    String configured = System.getProperty("maven.repo.local");
    return configured == null
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(configured);
  }
}
