package dev.trial.results.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in a few words. */
public final class FileProblem {

  private FileProblem() {}

  /** The reason alone: whoever tells it has the path. */
  public static String reason(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "there is no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is there already and is no directory";
    }
    if (failure instanceof DirectoryNotEmptyException full) {
      return full.getFile() + " is a directory that is not empty";
    }
    String reason = failure instanceof FileSystemException file ? file.getReason() : null;
    return lowerFirst(reason == null ? String.valueOf(failure.getMessage()) : reason);
  }

  /** The operating system's words begin with a capital, as in "No space left on device". */
  private static String lowerFirst(String words) {
    return words.isEmpty() ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }
}
