package dev.trial.live.client;

import dev.trial.core.log.LogProvider;

/** The SLF4J provider of client processes, named on their command line. */
public final class ClientLogProvider extends LogProvider {

  public ClientLogProvider() {
    super(ClientLogger::new);
  }
}
