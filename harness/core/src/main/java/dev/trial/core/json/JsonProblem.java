package dev.trial.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a text that should be JSON, in words of its format: what was expected, and
 * what stands there instead.
 */
public final class JsonProblem {
  private static final String FOUND = "Unexpected character \\((.*?) \\(code .*";

  private static final List<Rule> RULES =
      List.of(
          rule("Unexpected end-of-input.*", "ends before its last value is whole"),
          rule("Unexpected end of input.*", "ends before its last value is whole"),
          rule(
              "Duplicate (?:field|Object property) [\"'](.*?)[\"'].*",
              "the field '$1' stands twice"),
          rule("Trailing token.*", "more follows after the end of the value"),
          rule("Unrecognized token '(.*?)'.*", "expected a value, found '$1'"),
          rule(
              FOUND + "double-quote to start (?:field|property) name.*",
              "expected the name of a field in double quotes, found $1"),
          rule(FOUND + "a colon to separate.*", "expected ':' after the name of a field, found $1"),
          rule(FOUND + "comma to separate Object.*", "expected ',' or '}', found $1"),
          rule(FOUND + "comma to separate Array.*", "expected ',' or ']', found $1"),
          rule(FOUND + "comma.*", "expected ',', found $1"),
          rule(FOUND + "digit.*", "expected a digit, found $1"),
          rule(FOUND, "expected a value, found $1"),
          rule("Unexpected close marker ('.').*expected ('.').*", "expected $2, found $1"),
          rule(
              "Illegal unquoted character.*", "a text holds a control character: write its escape"),
          rule(
              "Unrecognized character escape (?:\\()?('.').*",
              "a text holds the escape \\\\$1, which JSON has not"),
          rule(
              "Invalid numeric value: Leading zero.*",
              "a number begins with a 0 that does not count"),
          rule("Invalid numeric value.*|Non-standard token.*", "expected a number of JSON"),
          rule("Numeric value .*out of range.*", "a number is too large"),
          rule("Number value length .*", "a number is too long"),
          rule("Document nesting depth.*", "is nested too deeply"),
          rule("Invalid UTF-?8.*|.*UTF-32.*", "is not UTF-8 text"),
          rule(
              "Current token .*not.*numeric.*|.*can not use numeric value.*",
              "expected a whole number"));

  private JsonProblem() {}

  private record Rule(Pattern message, String words) {
    Optional<String> of(String text) {
      Matcher matcher = message.matcher(text);
      return matcher.matches() ? Optional.of(matcher.replaceAll(words)) : Optional.empty();
    }
  }

  private static Rule rule(String message, String words) {
    return new Rule(Pattern.compile(message, Pattern.DOTALL), words);
  }

  /** The problem, as the end of a sentence about its place. */
  public static String of(JsonProcessingException failure) {
    return of(failure.getOriginalMessage());
  }

  /** The same of the parser's own message, which says it in terms of its classes and options. */
  public static String of(String message) {
    return RULES.stream()
        .map(rule -> rule.of(String.valueOf(message)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("is not JSON here");
  }
}
