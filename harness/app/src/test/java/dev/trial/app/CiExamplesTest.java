package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files to copy in {@code docs/ci}. */
class CiExamplesTest {
  private static final Path CI = JsonForms.root().resolve("docs/ci");

  /** Kubernetes' own types, without the place that they keep for fields that nobody knows. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated method) {
                  return false;
                }
              })
          .build();

  private static Map<String, Object> yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options)).load(text);
  }

  private static String text(String name) throws IOException {
    return Files.readString(CI.resolve(name));
  }

  @Test
  void allAreYamlWithoutDoubledKeys() throws IOException {
    try (Stream<Path> files = Files.list(CI)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".yml")).toList();
      assertEquals(4, all.size());
      for (Path file : all) {
        assertTrue(yaml(Files.readString(file)).size() > 1, file.toString());
      }
    }
  }

  @Test
  void theManifestIsAnIndexedJobThatKubernetesKnows() throws IOException {
    Job job = STRICT.convertValue(yaml(text("kubernetes.yml")), Job.class);
    assertEquals("Indexed", job.getSpec().getCompletionMode());
    int parts = job.getSpec().getCompletions();
    String shard = "--shard auto/" + parts;
    String command = job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs().get(0);
    assertTrue(command.contains(shard), command);
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsSeen() throws IOException {
    String wrong = text("kubernetes.yml").replace("mountPath", "mountPaths");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> STRICT.convertValue(yaml(wrong), Job.class));
    assertTrue(refused.getCause() instanceof UnrecognizedPropertyException, refused.toString());
  }

  /** Each part has a number of its own, and merge waits for all of them. */
  @Test
  @SuppressWarnings("unchecked")
  void theMatrixHasAsManyPartsAsItSays() throws IOException {
    Map<String, Object> jobs = (Map<String, Object>) yaml(text("github-nightly.yml")).get("jobs");
    Map<String, Object> shard = (Map<String, Object>) jobs.get("shard");
    Map<String, Object> strategy = (Map<String, Object>) shard.get("strategy");
    Map<String, Object> matrix = (Map<String, Object>) strategy.get("matrix");
    List<Integer> parts = (List<Integer>) matrix.get("shard");
    assertEquals(List.of(1, 2, 3, 4), parts);
    String run = shard.get("steps").toString();
    assertTrue(run.contains("--shard ${{ matrix.shard }}/" + parts.size()), run);
    assertEquals("shard", ((Map<String, Object>) jobs.get("merge")).get("needs"));
  }
}
