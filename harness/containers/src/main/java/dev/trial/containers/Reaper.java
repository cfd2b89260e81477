package dev.trial.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Removes containers and networks whose owner has no more use for them. */
final class Reaper {
  private static final int FORBIDDEN = 403;
  private static final int LOOKS = 60;
  private static final int QUIET_LOOKS = 5;
  private static final long BETWEEN_LOOKS_MS = 2_000;

  private final DockerClient client;

  Reaper(DockerClient client) {
    this.client = client;
  }

  /** What earlier processes of this machine have left, of which nobody cleaned up. */
  List<String> sweep() {
    return remove(Owner::gone);
  }

  /** All that belongs to one process. */
  List<String> remove(Owner owner) {
    return remove(owner::equals);
  }

  /**
   * All that belongs to a process that is gone, and what the engine still makes at its last
   * requests: until nothing more has come for a while.
   */
  void removeFinally(Owner owner) throws InterruptedException {
    int quietLooks = 0;
    for (int look = 0; look < LOOKS && quietLooks < QUIET_LOOKS; look++) {
      quietLooks = nothingLeft(owner) ? quietLooks + 1 : 0;
      Thread.sleep(BETWEEN_LOOKS_MS);
    }
  }

  private boolean nothingLeft(Owner owner) {
    try {
      return remove(owner).isEmpty();
    } catch (DockerException busy) {
      return false;
    }
  }

  /** Containers first: a network with somebody in it stays. */
  private List<String> remove(Predicate<Owner> whose) {
    List<String> removed = new ArrayList<>();
    for (Container each :
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(Owner.LABEL)).exec()) {
      if (whose.test(ownerOf(each.getLabels()))) {
        remove(each);
        removed.add(each.getNames()[0]);
      }
    }
    for (Network each : client.listNetworksCmd().exec()) {
      Map<String, String> labels = each.getLabels();
      if (labels != null && labels.containsKey(Owner.LABEL) && whose.test(ownerOf(labels))) {
        remove(each);
        removed.add(each.getName());
      }
    }
    return removed;
  }

  private static Owner ownerOf(Map<String, String> labels) {
    return Owner.of(labels.get(Owner.LABEL));
  }

  private void remove(Container container) {
    try {
      client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | ConflictException goneOrGoing) {
      // somebody else is at it: a watchdog and the next run may meet
    }
  }

  private void remove(Network network) {
    try {
      client.removeNetworkCmd(network.getId()).exec();
    } catch (NotFoundException gone) {
      // the same
    } catch (DockerException refused) {
      if (refused.getHttpStatus() != FORBIDDEN) {
        throw refused;
      } // one of its containers is still going: whoever removes that one removes the network too
    }
  }
}
