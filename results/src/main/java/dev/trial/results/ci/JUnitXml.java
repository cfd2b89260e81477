package dev.trial.results.ci;

import dev.trial.core.verdict.Outcome;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Runs as JUnit XML, in the form that Maven Surefire writes and CI servers read: a suite for each
 * claim or workload, a case for each run. What is unknown or not applicable is skipped, with the
 * reason; a failure of the harness is an error.
 */
public final class JUnitXml {
  private static final double MS_PER_SECOND = 1e3;

  private JUnitXml() {}

  /** The document. */
  public static String of(List<CiRun> runs) {
    Map<String, List<CiRun>> suites = new TreeMap<>();
    runs.forEach(run -> suites.computeIfAbsent(run.about(), about -> new ArrayList<>()).add(run));
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, 0, "testsuites");
      counts(xml, "trial", runs);
      for (Map.Entry<String, List<CiRun>> suite : suites.entrySet()) {
        suite(xml, suite.getKey(), suite.getValue());
      }
      end(xml, 0);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private static void suite(XMLStreamWriter xml, String name, List<CiRun> runs)
      throws XMLStreamException {
    start(xml, 1, "testsuite");
    counts(xml, name, runs);
    for (CiRun run : runs) {
      testCase(xml, run);
    }
    end(xml, 1);
  }

  private static void counts(XMLStreamWriter xml, String name, List<CiRun> runs)
      throws XMLStreamException {
    xml.writeAttribute("name", clean(name));
    xml.writeAttribute("tests", String.valueOf(runs.size()));
    xml.writeAttribute("failures", String.valueOf(count(runs, Outcome.FINDING)));
    xml.writeAttribute("errors", String.valueOf(count(runs, Outcome.ERROR)));
    xml.writeAttribute(
        "skipped",
        String.valueOf(count(runs, Outcome.UNKNOWN) + count(runs, Outcome.NOT_APPLICABLE)));
    xml.writeAttribute("time", seconds(runs.stream().mapToLong(CiRun::wallMs).sum()));
  }

  private static long count(List<CiRun> runs, Outcome outcome) {
    return runs.stream().filter(run -> run.outcome() == outcome).count();
  }

  private static void testCase(XMLStreamWriter xml, CiRun run) throws XMLStreamException {
    start(xml, 2, "testcase");
    xml.writeAttribute("name", clean(run.name()));
    xml.writeAttribute("classname", clean("trial." + run.about()));
    xml.writeAttribute("time", seconds(run.wallMs()));
    String told =
        switch (run.outcome()) {
          case FINDING -> "failure";
          case ERROR -> "error";
          case UNKNOWN, NOT_APPLICABLE -> "skipped";
          case AS_EXPECTED, WITNESS -> null;
        };
    if (told != null) {
      start(xml, 3, told);
      xml.writeAttribute("message", clean(String.valueOf(run.message())));
      if (!told.equals("skipped")) {
        xml.writeAttribute("type", run.kind() == null ? run.outcome().id() : run.kind().id());
        xml.writeCharacters(clean(run.details()));
      }
      xml.writeEndElement();
      end(xml, 2);
    } else {
      xml.writeEndElement();
    }
  }

  private static void start(XMLStreamWriter xml, int depth, String name) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(name);
  }

  private static void end(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f", ms / MS_PER_SECOND);
  }

  /** XML 1.0 has no way to write most control characters, or half a surrogate pair. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(each -> clean.appendCodePoint(allowed(each) ? each : '\uFFFD'));
    return clean.toString();
  }

  private static boolean allowed(int each) {
    return each == '\t'
        || each == '\n'
        || each >= 0x20 && each <= 0xD7FF
        || each >= 0xE000 && each <= 0xFFFD
        || each >= 0x10000;
  }
}
