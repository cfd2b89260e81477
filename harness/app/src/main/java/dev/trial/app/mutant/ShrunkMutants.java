package dev.trial.app.mutant;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.input.UsageException;
import dev.trial.engine.shrink.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Shrunk mutants in a directory, a file each, beside the runs themselves. */
public final class ShrunkMutants {
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /** Those in that directory. */
  public ShrunkMutants(Path directory) {
    this.directory = directory;
  }

  /** That of a mutant, if it was shrunk. */
  public Optional<ShrunkMutant> of(String mutant) {
    Path file = directory.resolve(mutant + SUFFIX);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private ShrunkMutant read(Path file) {
    try {
      ObjectNode node = (ObjectNode) json.readTree(Files.readString(file));
      return new ShrunkMutant(
          node.required("mutant").asText(),
          node.required("claim").asText(),
          node.required("seed").asLong(),
          node.required("anomaly").asText(),
          json.treeToValue(node.required("before"), Size.class),
          json.treeToValue(node.required("after"), Size.class),
          node.required("runs").asInt(),
          node.required("took_ms").asLong(),
          node.required("cpu_ms").asLong());
    } catch (IOException | IllegalArgumentException | ClassCastException broken) {
      throw new UsageException(file + ": is no shrunk mutant: delete it, and it is made again");
    }
  }

  /** Writes one, whole or not at all. */
  public void put(ShrunkMutant shrunk) {
    Path file = directory.resolve(shrunk.mutant() + SUFFIX);
    Path part = directory.resolve(shrunk.mutant() + ".part");
    try {
      Files.createDirectories(directory);
      Files.writeString(part, shrunk.json().toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
