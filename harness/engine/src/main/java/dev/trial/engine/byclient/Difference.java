package dev.trial.engine.byclient;

import java.util.List;

/**
 * Releases, one after the other, of which a claim is otherwise than of the newest.
 *
 * @param said what the table says of them
 * @param reason why, as the first of them tells it; null where what is said tells it
 */
public record Difference(List<String> clients, String said, String reason) {

  /** The releases: one, or the first and the last of them. */
  public String range() {
    String first = clients.get(0);
    return clients.size() == 1 ? first : first + " to " + clients.get(clients.size() - 1);
  }
}
