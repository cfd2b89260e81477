package dev.trial.live.artifact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.model.superpom.SuperPomProvider;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
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
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * Resolves jars as a Maven build would: local repository first, then the repositories that Maven's
 * own super POM names.
 */
public final class Artifacts {
  private final RepositorySystem system = new RepositorySystemSupplier().get();
  private final DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
  private final List<RemoteRepository> remotes;

  /** Resolves into the user's local repository. */
  public Artifacts() {
    Path local = Path.of(System.getProperty("user.home"), ".m2", "repository");
    session.setLocalRepositoryManager(
        system.newLocalRepositoryManager(session, new LocalRepository(local.toFile())));
    // Profiles of POMs are activated by the JDK's version: without it such a POM is invalid.
    session.setSystemProperties(System.getProperties());
    session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false));
    this.remotes = system.newResolutionRepositories(session, superPomRepositories());
  }

  /** One jar by group:artifact:version; fails with {@link ArtifactMissingException}. */
  public Path jar(String coordinates) {
    ArtifactRequest request = new ArtifactRequest(new DefaultArtifact(coordinates), remotes, null);
    try {
      return system.resolveArtifact(session, request).getArtifact().getFile().toPath();
    } catch (ArtifactResolutionException e) {
      throw new ArtifactMissingException(coordinates, e);
    }
  }

  /**
   * A class path: the artifacts and what they need at run time.
   *
   * @param excluded group:artifact of what must not come along
   */
  public List<Path> classPath(List<String> coordinates, List<String> excluded) {
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(remotes);
    List<Exclusion> exclusions = new ArrayList<>();
    for (String name : excluded) {
      String[] parts = name.split(":");
      exclusions.add(new Exclusion(parts[0], parts[1], "*", "*"));
    }
    for (String coordinate : coordinates) {
      Artifact artifact = new DefaultArtifact(coordinate);
      collect.addDependency(new Dependency(artifact, "runtime", false, exclusions));
    }
    try {
      return system
          .resolveDependencies(session, new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(artifact -> artifact.getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new ArtifactMissingException(String.join(", ", coordinates), e);
    }
  }

  private static List<RemoteRepository> superPomRepositories() {
    SuperPomProvider provider =
        new DefaultSuperPomProvider()
            .setModelProcessor(
                new DefaultModelProcessor()
                    .setModelLocator(new DefaultModelLocator())
                    .setModelReader(new DefaultModelReader()));
    List<RemoteRepository> repositories = new ArrayList<>();
    for (Repository repository : provider.getSuperModel("4.0.0").getRepositories()) {
      repositories.add(
          new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl()).build());
    }
    return repositories;
  }
}
