package dev.trial.results.html;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page without scripts, as CI servers show them. Texts are escaped by the library that makes the
 * elements; for a browser in dark mode, paper and narrow screens there are styles.
 */
public final class HtmlPage {

  private HtmlPage() {}

  /**
   * The whole page.
   *
   * @param title what the browser's tab says
   */
  public static String of(String title, List<? extends DomContent> content) {
    return document(
            html(
                    head(
                        meta().withCharset("utf-8"),
                        meta()
                            .withName("viewport")
                            .withContent("width=device-width, initial-scale=1"),
                        title(title),
                        style(rawHtml(css()))),
                    body(main(each(content, part -> part))))
                .withLang("en"))
        + "\n";
  }

  /** The styles that all pages share. */
  public static String css() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
