package dev.trial.results.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdOutputStream;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.RunSpecJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The directory of one run: {@code spec.json}, {@code history.jsonl} (zstd above a size), {@code
 * verdict.json}, {@code report.html}. Files appear whole or not at all.
 */
public final class RunDirectory {
  /** A history above this size is compressed. */
  private static final int COMPRESS_ABOVE_BYTES = 256 * 1024;

  private static final String SPEC = "spec.json";
  private static final String HISTORY = "history.jsonl";

  /** The report. */
  public static final String REPORT = "report.html";

  /** What was judged. */
  public static final String VERDICT = "verdict.json";

  private static final String SHRUNK = "shrunk.json";
  private static final String COMPRESSED_HISTORY = "history.jsonl.zst";
  private static final List<String> FILES =
      List.of(SPEC, HISTORY, COMPRESSED_HISTORY, VERDICT, REPORT, SHRUNK, "error.txt");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path path;
  private final Path spec;

  private RunDirectory(Path path) {
    this(path, path.resolve(SPEC));
  }

  private RunDirectory(Path path, Path spec) {
    this.path = path;
    this.spec = spec;
  }

  /**
   * Makes the directory for a run and writes its spec; an older run of that name is replaced.
   *
   * @throws UncheckedIOException saying what to do, if nothing can be written there
   */
  public static RunDirectory create(Path out, String name, RunSpec spec) {
    RunDirectory directory = new RunDirectory(out.resolve(name));
    try {
      Files.createDirectories(directory.path);
      for (String stale : FILES) {
        Files.deleteIfExists(directory.path.resolve(stale));
        Files.deleteIfExists(part(directory.path.resolve(stale)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write to "
              + directory.path
              + " ("
              + FileProblem.reason(e)
              + "): choose another --out",
          e);
    }
    try {
      directory.write(SPEC, RunSpecJson.print(spec).getBytes(StandardCharsets.UTF_8));
    } catch (StoreException full) {
      directory.path.toFile().delete(); // empty, unless something else is in it
      throw full;
    }
    return directory;
  }

  /** Takes away what there is of a run that could not be stored. */
  public void discard() {
    for (String file : FILES) {
      path.resolve(file).toFile().delete();
    }
    path.toFile().delete(); // where something else is in it, it stays
  }

  private static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /** An existing run directory, or the one that a spec.json lies in. */
  public static RunDirectory open(Path path) {
    return new RunDirectory(Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path);
  }

  /**
   * The same, but a file of any other name than those of a run directory is a spec on its own: what
   * lies beside it is not of its run.
   */
  public static RunDirectory ofSpec(Path path) {
    boolean alone = Files.isRegularFile(path) && !FILES.contains(path.getFileName().toString());
    return alone ? new RunDirectory(null, path) : open(path);
  }

  /** True if this is a spec without a run. */
  public boolean onlySpec() {
    return path == null;
  }

  /** Where it is; null of a spec on its own. */
  public Path path() {
    return path;
  }

  /** True if there is a spec to run again. */
  public boolean hasSpec() {
    return Files.isRegularFile(specFile());
  }

  /** Where the spec is. */
  public Path specFile() {
    return spec;
  }

  /** The spec; whatever is wrong with the file is a {@link JsonFormatException}. */
  public RunSpec spec() {
    return RunSpecJson.parse(text(specFile()), specFile().toString());
  }

  /** Opens the history for streaming, uncompressed, for runs that may be interrupted. */
  public OutputStream streamHistory() {
    try {
      return Files.newOutputStream(path.resolve(HISTORY));
    } catch (IOException e) {
      throw new StoreException(path.resolve(HISTORY), e);
    }
  }

  /** Writes a whole history, compressed when it is large. */
  public void history(byte[] lines, int length) {
    boolean large = length > COMPRESS_ABOVE_BYTES;
    Path whole = path.resolve(large ? COMPRESSED_HISTORY : HISTORY);
    try {
      try (OutputStream file = Files.newOutputStream(part(whole));
          OutputStream out = large ? compressed(file) : file) {
        out.write(lines, 0, length);
      }
      Files.move(part(whole), whole, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(path.resolve(large ? HISTORY : COMPRESSED_HISTORY));
    } catch (IOException e) {
      throw new StoreException(whole, e);
    } finally {
      dropPart(whole);
    }
  }

  /** What was not written whole is of no use to anybody; where it was, there is no part. */
  private static void dropPart(Path file) {
    part(file).toFile().delete();
  }

  /** With a checksum: a changed byte is told as such, not as odd text somewhere. */
  private static OutputStream compressed(OutputStream file) throws IOException {
    return new ZstdOutputStream(file, 1).setChecksum(true);
  }

  /** Where the history is. */
  public Path historyFile() {
    Path compressed = path.resolve(COMPRESSED_HISTORY);
    return Files.exists(compressed) ? compressed : path.resolve(HISTORY);
  }

  /** Writes verdict.json. */
  public void verdict(ObjectNode verdict) {
    try {
      write(VERDICT, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(verdict));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads verdict.json; null if there is none. Whatever else is wrong with the file is a {@link
   * JsonFormatException}.
   */
  public ObjectNode readVerdict() {
    return read(path.resolve(VERDICT));
  }

  /** Notes what this run was before it was made small. */
  public void shrinkage(Shrinkage shrinkage) {
    write(SHRUNK, (shrinkage.toJson().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What this run was before it was made small; null if it was not. Whatever is wrong with the file
   * is a {@link JsonFormatException}.
   */
  public Shrinkage shrinkage() {
    ObjectNode file = read(path.resolve(SHRUNK));
    return file == null
        ? null
        : Shrinkage.read(StrictObject.of(file, path.resolve(SHRUNK).toString()));
  }

  private static ObjectNode read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    String place = file.toString();
    if (ReadableJson.parse(text(file), place) instanceof ObjectNode object) {
      return object;
    }
    throw new JsonFormatException(place, "expected an object, as trial writes it");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new JsonFormatException(file.toString(), "is not UTF-8 text");
    } catch (IOException e) {
      throw new JsonFormatException(file.toString(), "cannot be read: " + FileProblem.reason(e));
    }
  }

  /** Writes report.html. */
  public void report(String html) {
    write(REPORT, html.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes any other text file of a run. */
  public void text(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) {
    Path file = path.resolve(name);
    try {
      Files.write(part(file), bytes);
      Files.move(part(file), file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StoreException(file, e);
    } finally {
      dropPart(file);
    }
  }
}
