package dev.trial.containers;

import java.util.regex.Pattern;

/** How images are named: [DOMAIN[:PORT]/]PATH[:TAG][@DIGEST]. */
public final class ImageName {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String DOMAIN = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]+)?";
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

  /** The grammar of the distribution project's package reference. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:%1$s/)?%2$s(?:/%2$s)*(?::%3$s)?(?:@sha256:[0-9a-f]{64})?"
              .formatted(DOMAIN, COMPONENT, TAG));

  private ImageName() {}

  /** True if an image may be called that. */
  public static boolean valid(String name) {
    return NAME.matcher(name).matches();
  }
}
