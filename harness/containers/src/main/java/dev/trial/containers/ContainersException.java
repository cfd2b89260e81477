package dev.trial.containers;

/** Why no cluster of containers can be had; its message is one line. */
public class ContainersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContainersException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The innermost reason of a failure, on one line. */
  static String reason(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    String text = last.getMessage() == null ? last.toString() : last.getMessage();
    return text.strip().replaceAll("\\s+", " ");
  }

  /** What somebody named is at fault: an image that is not there or no Kafka, a bad name. */
  public static final class Named extends ContainersException {
    private static final long serialVersionUID = 1L;

    Named(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
