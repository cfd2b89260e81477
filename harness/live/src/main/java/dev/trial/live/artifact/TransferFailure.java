package dev.trial.live.artifact;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;

/** Why a jar did not come, where that says nothing of whether it was released. */
record TransferFailure(String sentence, Throwable cause) {

  /** Looks for one below a failed resolution; empty if the repositories answered. */
  static Optional<TransferFailure> of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ArtifactTransferException transfer
          && !(each instanceof ArtifactNotFoundException)) {
        return Optional.of(new TransferFailure(sentence(transfer), each));
      }
    }
    return Optional.empty();
  }

  private static String sentence(ArtifactTransferException transfer) {
    Throwable root = root(transfer);
    if (root instanceof FileSystemException file) {
      String why = file.getReason() == null ? "it cannot be written" : file.getReason();
      return "the local repository does not take it: " + file.getFile() + ": " + why;
    }
    RemoteRepository remote = transfer.getRepository();
    String where = remote == null ? "the remote repository" : remote.getUrl();
    return where + " cannot be reached: " + words(root);
  }

  private static String words(Throwable root) {
    if (root instanceof UnknownHostException) {
      return "its name is not known here";
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return "nothing answers at its address";
    }
    return root instanceof SocketTimeoutException
        ? "it does not answer in time"
        : root.getMessage();
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
