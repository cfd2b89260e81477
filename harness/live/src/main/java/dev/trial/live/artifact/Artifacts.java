package dev.trial.live.artifact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.interpolation.ModelInterpolator;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.model.superpom.SuperPomProvider;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * Resolves jars as a Maven build would: local repository first, then the repositories that Maven's
 * own super POM names. What is in the local repository needs no network, wherever it came from.
 */
public final class Artifacts {
  /** A local repository that takes what lies in it, whichever remote one it came from. */
  private static final String SIMPLE = "simple";

  /** What Maven's super POM calls the place of Maven Central; a system property names another. */
  private static final String CENTRAL = ModelInterpolator.MAVEN_REPO_CENTRAL_KEY;

  /** Nobody waits longer for a network that is not there. */
  private static final int CONNECT_TIMEOUT_MS = 4_000;

  private static final int REQUEST_TIMEOUT_MS = 60_000;
  private static final int RETRIES = 1;

  private final RepositorySystem system = new RepositorySystemSupplier().get();
  private final LocalRepository local;
  private final List<RemoteRepository> remotes;

  /** Resolves into the user's local repository. */
  public Artifacts() {
    this(Path.of(System.getProperty("user.home"), ".m2", "repository"), superPomRepositories());
  }

  Artifacts(Path local, List<RemoteRepository> remotes) {
    this.local = new LocalRepository(local, SIMPLE);
    this.remotes = remotes;
  }

  /**
   * One jar by group:artifact:version.
   *
   * @throws ArtifactMissingException if there is no such release
   * @throws RepositoryUnreachableException if it is not in the local repository, and no remote one
   *     could be asked
   */
  public Path jar(String coordinates) {
    Artifact artifact = new DefaultArtifact(coordinates);
    try (CloseableSession session = session()) {
      ArtifactRequest request = new ArtifactRequest(artifact, remotes(session), null);
      return system.resolveArtifact(session, request).getArtifact().getPath();
    } catch (ArtifactResolutionException e) {
      throw failed(coordinates, e);
    }
  }

  /**
   * A class path: the artifacts and what they need at run time. Fails as {@link #jar} does.
   *
   * @param excluded group:artifact of what must not come along
   */
  public List<Path> classPath(List<String> coordinates, List<String> excluded) {
    CollectRequest collect = new CollectRequest();
    List<Exclusion> exclusions = new ArrayList<>();
    for (String name : excluded) {
      String[] parts = name.split(":");
      exclusions.add(new Exclusion(parts[0], parts[1], "*", "*"));
    }
    for (String coordinate : coordinates) {
      Artifact artifact = new DefaultArtifact(coordinate);
      collect.addDependency(new Dependency(artifact, "runtime", false, exclusions));
    }
    try (CloseableSession session = session()) {
      collect.setRepositories(remotes(session));
      return system
          .resolveDependencies(session, new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(Artifact::getPath)
          .toList();
    } catch (DependencyResolutionException e) {
      throw failed(String.join(", ", coordinates), e);
    }
  }

  private CloseableSession session() {
    return new SessionBuilderSupplier(system)
        .get()
        .withLocalRepositories(local)
        // Profiles of POMs are activated by the JDK's version: without it such a POM is invalid.
        .setSystemProperties(System.getProperties())
        .setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false))
        // Locks in files would need a local repository that can be written to.
        .setConfigProperty("aether.syncContext.named.factory", "rwlock-local")
        .setConfigProperty("aether.syncContext.named.nameMapper", "gaecv")
        .setConfigProperty(ConfigurationProperties.CONNECT_TIMEOUT, CONNECT_TIMEOUT_MS)
        .setConfigProperty(ConfigurationProperties.REQUEST_TIMEOUT, REQUEST_TIMEOUT_MS)
        .setConfigProperty(ConfigurationProperties.HTTP_RETRY_HANDLER_COUNT, RETRIES)
        .build();
  }

  private List<RemoteRepository> remotes(CloseableSession session) {
    return system.newResolutionRepositories(session, remotes);
  }

  private static RuntimeException failed(String coordinates, RepositoryException failure) {
    return TransferFailure.of(failure)
        .<RuntimeException>map(told -> new RepositoryUnreachableException(coordinates, told))
        .orElseGet(() -> new ArtifactMissingException(coordinates, failure));
  }

  private static List<RemoteRepository> superPomRepositories() {
    SuperPomProvider provider =
        new DefaultSuperPomProvider()
            .setModelProcessor(
                new DefaultModelProcessor()
                    .setModelLocator(new DefaultModelLocator())
                    .setModelReader(new DefaultModelReader()));
    String central = System.getProperty(CENTRAL, ModelInterpolator.DEFAULT_MAVEN_REPO_CENTRAL_URL);
    List<RemoteRepository> repositories = new ArrayList<>();
    for (Repository repository : provider.getSuperModel("4.0.0").getRepositories()) {
      String url = repository.getUrl().replace("${" + CENTRAL + "}", central);
      repositories.add(new RemoteRepository.Builder(repository.getId(), "default", url).build());
    }
    return repositories;
  }
}
