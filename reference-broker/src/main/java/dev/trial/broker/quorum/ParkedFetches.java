package dev.trial.broker.quorum;

import dev.trial.broker.wire.Responder;
import dev.trial.core.world.Timers;
import dev.trial.core.world.Timers.Timer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.FetchRequestData;

/** Fetches that wait at the leader for news, up to their maxWaitMs. */
final class ParkedFetches {
  private final Timers timers;
  private List<Parked> parked = new ArrayList<>();

  /** One waiting fetch. */
  static final class Parked {
    final FetchRequestData request;
    final Responder responder;
    private Timer timer;

    private Parked(FetchRequestData request, Responder responder) {
      this.request = request;
      this.responder = responder;
    }
  }

  /** Looks at a fetch again. */
  interface Again {
    void look(FetchRequestData request, Responder responder, boolean mayPark);
  }

  ParkedFetches(Timers timers) {
    this.timers = timers;
  }

  void park(FetchRequestData request, Responder responder, Again again) {
    Parked one = new Parked(request, responder);
    one.timer =
        timers.after(
            request.maxWaitMs(),
            () -> {
              parked.remove(one);
              again.look(request, responder, false);
            });
    parked.add(one);
  }

  /** There is news: each is looked at once more, and may park again. */
  void wake(Again again) {
    if (parked.isEmpty()) {
      return;
    }
    List<Parked> waiting = parked;
    parked = new ArrayList<>();
    for (Parked one : waiting) {
      one.timer.cancel();
      again.look(one.request, one.responder, true);
    }
  }
}
