package dev.trial.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void whatEndsALineOrSteersATerminalIsEscaped() {
    assertEquals(
        "a\\nb\\r\\nc\\td\\u001b[2J\\u0085\\u2028\\u2029",
        OneLine.of("a\nb\r\nc\td\u001b[2J\u0085\u2028\u2029"));
  }

  @Test
  void anythingElseStaysAsItIs() {
    assertEquals("\"naïve\" \\ – 日本 😀", OneLine.of("\"naïve\" \\ – 日本 😀"));
  }

  @Property
  void itIsOneLine(@ForAll String any) {
    assertEquals(1, ("[" + OneLine.of(any) + "]").lines().count());
  }
}
