package dev.trial.core.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.work.Workers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryJsonTest {

  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Property(tries = 400)
  void whatIsWrittenIsRead(@ForAll("histories") History history) throws IOException {
    ReadResult plain = read(bytes(history, "h.jsonl"));
    assertEquals(history, plain.history());
    assertNull(plain.warning());
    assertEquals(history, read(bytes(history, "h.jsonl.zst")).history());
    assertArrayEquals(bytes(history, "h.jsonl"), bytes(plain.history(), "h.jsonl"));
  }

  @Property(tries = 300)
  void aTornEndLosesNothingButTheLastLine(
      @ForAll("histories") History history, @ForAll @IntRange(max = 200) int torn)
      throws IOException {
    byte[] whole = bytes(history, "h.jsonl");
    int length = Math.max(0, whole.length - torn);
    int lines = 0;
    for (int i = 0; i < length; i++) {
      lines += whole[i] == '\n' ? 1 : 0;
    }
    ReadResult result = read(java.util.Arrays.copyOf(whole, length));
    assertTrue(result.history().size() >= lines);
    assertEquals(
        history.operations().subList(0, result.history().size()), result.history().operations());
    boolean endsInsideLine = length > 0 && whole[length - 1] != '\n';
    if (endsInsideLine && result.history().size() == lines) {
      assertNotNull(result.warning());
    }
  }

  @Property(tries = 400)
  void damageRaisesNothingElse(
      @ForAll("histories") History history,
      @ForAll boolean compressed,
      @ForAll List<@IntRange(max = 100_000) Integer> places,
      @ForAll List<Byte> garbage)
      throws IOException {
    byte[] damaged = bytes(history, compressed ? "h.jsonl.zst" : "h.jsonl");
    for (int i = 0; i < Math.min(places.size(), garbage.size()) && damaged.length > 0; i++) {
      damaged[places.get(i) % damaged.length] = garbage.get(i);
    }
    try {
      read(damaged);
    } catch (HistoryFormatException e) {
      assertTrue(e.line() >= 1 && e.column() >= 1, e.getMessage());
    }
  }

  @Property(tries = 300)
  void anyBytesRaiseNothingElse(@ForAll byte[] bytes) throws IOException {
    try {
      read(bytes);
    } catch (HistoryFormatException e) {
      assertTrue(e.line() >= 1, e.getMessage());
    }
  }

  @Property(tries = 300)
  void workersReadTheSame(
      @ForAll("histories") History history,
      @ForAll boolean compressed,
      @ForAll List<@IntRange(max = 100_000) Integer> places,
      @ForAll List<Byte> garbage)
      throws IOException {
    byte[] damaged = bytes(history, compressed ? "h.jsonl.zst" : "h.jsonl");
    for (int i = 0; i < Math.min(places.size(), garbage.size()) && damaged.length > 0; i++) {
      damaged[places.get(i) % damaged.length] = garbage.get(i);
    }
    assertEquals(outcome(damaged, Workers.NONE), outcome(damaged, LATE));
  }

  @Test
  void workersReadManyChunks() throws IOException {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      operations.add(new Operation(i, i, 1, Stage.INFO, -1, new Action.Note("number " + i)));
    }
    History history = new History(operations);
    byte[] whole = bytes(history, "h.jsonl");
    assertTrue(whole.length > 3 << 20);
    assertEquals(history, HistoryJsonReader.read(stream(whole), LATE).history());
    whole[whole.length - 200] = '\n';
    assertEquals(outcome(whole, Workers.NONE), outcome(whole, LATE));
    byte[] cut = java.util.Arrays.copyOf(bytes(history, "h.jsonl.zst"), 100_000);
    assertEquals(outcome(cut, Workers.NONE), outcome(cut, LATE));
  }

  /** Blanks, escapes, letters that are not ASCII: the same fields in another spelling. */
  @Test
  void anySpellingReadsTheSame() throws IOException {
    String plain =
        "{\"i\":0,\"t\":5,\"p\":3,\"s\":\"ok\",\"f\":\"poll\",\"records\":[[\"a\",0,7,9,\"k\"]]}\n";
    String spaced = plain.replace(":", " : ").replace(",", " , ");
    String escaped = plain.replace("poll", "p\\u006fll");
    History history = read(plain.getBytes(StandardCharsets.UTF_8)).history();
    assertEquals(history, read(spaced.getBytes(StandardCharsets.UTF_8)).history());
    assertEquals(history, read(escaped.getBytes(StandardCharsets.UTF_8)).history());
  }

  /** What Jackson refuses, the plain reading must leave to it. */
  @Test
  void nothingWrongPassesForPlain() {
    String line =
        "{\"i\":0,\"t\":5,\"p\":3,\"s\":\"ok\",\"f\":\"poll\",\"records\":[[\"a\",0,7,9]]}";
    for (String wrong :
        List.of(
            line.replace("5", "05"),
            line.replace("5", "-"),
            line.replace("5", "99999999999999999999"),
            line.replace(":3", ":3000000000"),
            line.replace("9]]", "9],]"),
            line.replace("9]]", "9}]"),
            line.replace(",\"p\"", ",,\"p\""),
            line.replace("\"p\":3", "\"p\" 3"),
            line + "}",
            line.replace("\"f\"", "\"f"))) {
      byte[] bytes = (wrong + "\n").getBytes(StandardCharsets.UTF_8);
      assertThrows(HistoryFormatException.class, () -> read(bytes), wrong);
    }
  }

  @Test
  void aWrongWordIsQuotedOnOneLineWithTheRightOnesAsFilesSpellThem() {
    String line =
        "{\"i\":0,\"t\":1,\"p\":0,\"s\":\"in\\nfo\",\"f\":\"commit\",\"group\":\"g\",\"offsets\":{}}\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    String said = assertThrows(HistoryFormatException.class, () -> read(bytes)).getMessage();
    assertTrue(said.endsWith("\"in\\nfo\" is none of [invoke, ok, fail, info]"), said);
  }

  @Test
  void anAnswerToWhatDoesNotComeBeforeItIsRefused() {
    for (long asked : new long[] {0, 1, 62_000_000, -2}) {
      String line =
          "{\"i\":0,\"t\":1,\"p\":0,\"s\":\"ok\",\"of\":"
              + asked
              + ",\"f\":\"commit\",\"group\":\"g\",\"offsets\":{\"orders/0\":8}}\n";
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      String said = assertThrows(HistoryFormatException.class, () -> read(bytes)).getMessage();
      assertTrue(said.contains("operation 0 answers " + asked), said);
    }
  }

  /** Does the work only when it is asked for, which is as late as any thread might. */
  private static final Workers LATE =
      new Workers() {
        @Override
        public int count() {
          return 2;
        }

        @Override
        public <T> Supplier<T> begin(Supplier<T> work) {
          return work;
        }
      };

  private static String outcome(byte[] bytes, Workers workers) throws IOException {
    try {
      ReadResult result = HistoryJsonReader.read(stream(bytes), workers);
      return result.warning() + " " + result.history();
    } catch (HistoryFormatException e) {
      return e.getMessage();
    }
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  @Test
  void aLineReadsLikeThis() throws IOException {
    Operation send =
        new Operation(
            0, 12, 3, Stage.OK, 7, new Action.Send(3000000017L, "k4", "orders", 0, 1291, null));
    assertEquals(
        "{\"i\":0,\"t\":12,\"p\":3,\"s\":\"ok\",\"of\":7,\"f\":\"send\",\"value\":3000000017,"
            + "\"key\":\"k4\",\"topic\":\"orders\",\"partition\":0,\"offset\":1291}\n",
        new String(bytes(new History(List.of(send)), "h.jsonl"), StandardCharsets.UTF_8));
  }

  @Test
  void mapsAreSorted() throws IOException {
    Map<PartitionId, Long> offsets =
        Map.of(
            new PartitionId("b", 0), 1L, new PartitionId("a", 1), 2L, new PartitionId("a", 0), 3L);
    Operation commit =
        new Operation(
            0, 0, 1, Stage.OK, -1, new Action.Commit("g", Action.Commit.Mode.AUTO, offsets, null));
    String text = new String(bytes(new History(List.of(commit)), "h"), StandardCharsets.UTF_8);
    assertTrue(text.contains("{\"a/0\":3,\"a/1\":2,\"b/0\":1}"), text);
  }

  @Test
  void unknownFieldsAreSkipped() throws IOException {
    String text =
        "{\"later\":{\"a\":[1,{}]},\"f\":\"note\",\"i\":0,\"t\":1,\"p\":-1,\"s\":\"info\",\"text\":\"x\",\"n\":1.5}\n";
    ReadResult result = read(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(new Action.Note("x"), result.history().at(0).action());
  }

  @Test
  void anErrorNamesItsPlace() {
    String text =
        "{\"i\":0,\"t\":1,\"p\":-1,\"s\":\"info\",\"f\":\"note\",\"text\":\"x\"}\n"
            + "{\"i\":1,\"t\":oops}\n"
            + "{\"i\":2}\n";
    HistoryFormatException error =
        assertThrows(
            HistoryFormatException.class, () -> read(text.getBytes(StandardCharsets.UTF_8)));
    assertEquals(2, error.line());
    assertTrue(error.column() >= 12 && error.column() <= 18, error.getMessage());
  }

  @Test
  void operationsMustFollowEachOther() {
    String text = "{\"i\":5,\"t\":1,\"p\":-1,\"s\":\"info\",\"f\":\"note\",\"text\":\"x\"}\n";
    assertThrows(HistoryFormatException.class, () -> read(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(History history, String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryJsonWriter writer = HistoryJsonWriter.named(name, out)) {
      writer.write(history);
    }
    return out.toByteArray();
  }

  private static ReadResult read(byte[] bytes) throws IOException {
    return HistoryJsonReader.read(new ByteArrayInputStream(bytes));
  }
}
