package dev.trial.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are no JSON are told with line, column and what was expected. */
class JsonProblemTest {
  private static final String WHOLE =
      "{\"broker\":{\"a.b\":1,\"c\":[true,null,-2.5e3,\"t\\u00e9\\n\"]},\"topic\":{}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|f:1:2: ends before its last value is whole",
        "{\"a\":1,\"a\":2}|f:1:11: the field 'a' stands twice",
        "{} {}|f:1:4: more follows after the end of the value",
        "{\"a\":oops}|f:1:6: expected a value, found 'oops'",
        "{a:1}|f:1:2: expected the name of a field in double quotes, found 'a'",
        "{\"a\" 1}|f:1:6: expected ':' after the name of a field, found '1'",
        "{\"a\":1 \"b\":2}|f:1:8: expected ',' or '}', found '\"'",
        "[1 2]|f:1:4: expected ',' or ']', found '2'",
        "[1}|f:1:3: expected ']', found '}'",
        "{\"a\":}|f:1:6: expected a value, found '}'",
        "[01]|f:1:3: a number begins with a 0 that does not count",
        "[\"\\q\"]|f:1:4: a text holds the escape \\'q', which JSON has not",
        "[NaN]|f:1:5: expected a number of JSON",
        "[-]|f:1:3: expected a digit, found ']'",
      })
  void itsPlaceAndWhatWasExpectedAreTold(String text, String told) {
    assertEquals(told, problem(text));
  }

  @Property
  void whateverIsDamagedNothingOfTheParserIsTold(
      @ForAll @IntRange(max = 60) int at, @ForAll char put, @ForAll boolean cut) {
    int place = Math.min(at, WHOLE.length() - 1);
    String rest = cut ? "" : WHOLE.substring(place + 1);
    String damaged = WHOLE.substring(0, place) + put + rest;
    try {
      ReadableJson.parse(damaged, "f");
    } catch (JsonFormatException e) {
      assertFalse(
          e.getMessage().matches("(?s).*(JsonParser|Feature|com\\.fasterxml|code \\d|token).*"),
          e.getMessage());
    }
  }

  private static String problem(String text) {
    return assertThrows(JsonFormatException.class, () -> ReadableJson.parse(text, "f"))
        .getMessage();
  }
}
