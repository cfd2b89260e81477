package dev.trial.broker.quorum;

import dev.trial.broker.quorum.MetadataLog.EpochEnd;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.Peers;
import dev.trial.broker.wire.Responder;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers.Timer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.common.message.BeginQuorumEpochRequestData;
import org.apache.kafka.common.message.BeginQuorumEpochResponseData;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.EndQuorumEpochRequestData;
import org.apache.kafka.common.message.EndQuorumEpochResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.VoteRequestData;
import org.apache.kafka.common.message.VoteResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * One voter of the metadata quorum (KIP-595, pre-vote of KIP-996). At most one voter leads an
 * epoch; an entry that a majority has on disk, after one of the leader's own epoch, is committed
 * and never lost. Epoch, vote and log are flushed before anything is answered that relies on them.
 */
public final class Quorum {
  private static final int NOBODY = QuorumState.NOBODY;
  private static final int FETCH_WAIT_MS = 500;
  private static final long FETCH_RETRY_MS = 50;
  private static final int READ_BYTES = 1024 * 1024;

  /** What a voter is at the moment. */
  public enum Role {
    UNATTACHED,
    FOLLOWER,
    PROSPECTIVE,
    CANDIDATE,
    LEADER,
    RESIGNED
  }

  private final Host host;
  private final int id;
  private final List<Integer> voters;
  private final BrokerSettings settings;
  private final Peers fetches;
  private final Peers calls;
  private final QuorumDescription description;
  private final QuorumListener listener;
  private final RandomStream random;
  private final MetadataLog log;
  private final ParkedFetches parked;
  private final Set<Integer> granted = new TreeSet<>();
  private QuorumState state;
  private Role role = Role.UNATTACHED;
  private Leadership leadership;
  private Timer timer;
  private long highWatermark;
  private long delivered;
  private boolean delivering;
  private boolean heardLeader;

  /** Goes up with each change of role; what was begun under an older one is ignored. */
  private int term;

  /**
   * @param fetches connections for long-polled fetches, which hold back other calls
   * @param calls connections for everything else
   * @param addresses where the voters listen, as those who ask for the quorum are told
   */
  public Quorum(
      Host host,
      int id,
      List<Integer> voters,
      BrokerSettings settings,
      Peers fetches,
      Peers calls,
      IntFunction<Optional<Address>> addresses,
      QuorumListener listener) {
    this.host = host;
    this.id = id;
    this.voters = List.copyOf(voters);
    this.settings = settings;
    this.fetches = fetches;
    this.calls = calls;
    this.description = new QuorumDescription(this.voters, addresses);
    this.listener = listener;
    this.random = host.random("quorum");
    this.log = new MetadataLog(host.disk());
    this.parked = new ParkedFetches(host.timers());
    this.state = QuorumState.load(host.disk());
  }

  /** Serves the quorum's APIs. */
  public void register(Handlers handlers) {
    handlers.register(ApiKeys.VOTE, (c, request, r) -> r.answer(vote((VoteRequestData) request)));
    handlers.register(
        ApiKeys.BEGIN_QUORUM_EPOCH,
        (c, request, r) -> r.answer(begin((BeginQuorumEpochRequestData) request)));
    handlers.register(
        ApiKeys.END_QUORUM_EPOCH,
        (c, request, r) -> r.answer(end((EndQuorumEpochRequestData) request)));
    handlers.register(
        ApiKeys.FETCH, (c, request, r) -> serveFetch((FetchRequestData) request, r, true));
    handlers.register(
        ApiKeys.DESCRIBE_QUORUM,
        (c, request, r) -> r.answer(describe((DescribeQuorumRequestData) request, c.version())));
  }

  /** Begins from what is on disk. A former leader does not lead its old epoch again. */
  public void start() {
    if (state.leader() != NOBODY && state.leader() != id) {
      follow(state.epoch(), state.leader());
    } else {
      become(Role.UNATTACHED, electionTimeoutMs(), this::prospect);
    }
  }

  // ---- what the controller uses

  /** Appends an entry; −1 if this node does not lead. Committed when the listener says so. */
  public long append(byte[] payload) {
    if (role != Role.LEADER) {
      return -1;
    }
    long offset = log.endOffset();
    log.append(state.epoch(), payload);
    leadership.has(id, log.endOffset(), nowMs());
    parked.wake(this::serveFetch);
    advance();
    return offset;
  }

  public OptionalInt leader() {
    return state.leader() == NOBODY ? OptionalInt.empty() : OptionalInt.of(state.leader());
  }

  public int epoch() {
    return state.epoch();
  }

  public Role role() {
    return role;
  }

  public long endOffset() {
    return log.endOffset();
  }

  public long highWatermark() {
    return highWatermark;
  }

  /** Epoch and payload of a stored entry, for observation. */
  public MetadataLog.Entry entry(long offset) {
    return log.entry(offset);
  }

  /** Gives up leading and proposes the voters with the longest logs. */
  public void resign() {
    if (role != Role.LEADER) {
      return;
    }
    host.log("quorum: resigning from epoch " + state.epoch());
    List<Integer> successors = leadership.successors();
    int epoch = state.epoch();
    become(Role.RESIGNED, electionTimeoutMs(), () -> unattach(epoch + 1));
    for (int successor : successors) {
      calls.call(
          successor,
          QuorumMessages.end(id, epoch, successors),
          settings.quorumRequestTimeoutMs(),
          new IgnoredReply());
    }
  }

  // ---- roles

  private void become(Role next, long timeoutMs, Runnable atTimeout) {
    boolean resigning = role == Role.LEADER;
    boolean announced = resigning && leadership.announced;
    term++;
    role = next;
    leadership = null;
    heardLeader = false;
    setTimer(timeoutMs, atTimeout);
    if (resigning) {
      parked.wake(this::serveFetch);
    }
    if (announced) {
      listener.resigned();
    }
  }

  private void setTimer(long delayMs, Runnable action) {
    if (timer != null) {
      timer.cancel();
    }
    timer = host.timers().after(delayMs, action);
  }

  private void persist(int epoch, int votedFor, int leader) {
    QuorumState next = new QuorumState(epoch, votedFor, leader);
    if (!next.equals(state)) {
      next.save(host.disk());
      state = next;
    }
  }

  private void unattach(int epoch) {
    persist(epoch, epoch == state.epoch() ? state.votedFor() : NOBODY, NOBODY);
    become(Role.UNATTACHED, electionTimeoutMs(), this::prospect);
  }

  private void follow(int epoch, int leader) {
    persist(epoch, epoch == state.epoch() ? state.votedFor() : NOBODY, leader);
    become(Role.FOLLOWER, settings.quorumFetchTimeoutMs(), this::prospect);
    fetchNext(term);
  }

  /** Asks whether an election could be won before it disturbs anyone (KIP-996). */
  private void prospect() {
    persist(state.epoch(), state.votedFor(), NOBODY);
    become(Role.PROSPECTIVE, electionTimeoutMs(), this::prospect);
    canvass(true);
  }

  private void stand() {
    persist(state.epoch() + 1, id, NOBODY);
    become(Role.CANDIDATE, electionTimeoutMs(), this::prospect);
    canvass(false);
  }

  private void canvass(boolean preVote) {
    granted.clear();
    granted.add(id);
    int asked = term;
    for (int voter : voters) {
      if (voter != id) {
        calls.call(
            voter,
            QuorumMessages.vote(
                voter, id, state.epoch(), log.lastEpoch(), log.endOffset(), preVote),
            settings.quorumRequestTimeoutMs(),
            new IgnoredReply(response -> voted(voter, asked, (VoteResponseData) response)));
      }
    }
    countVotes();
  }

  private void voted(int voter, int asked, VoteResponseData response) {
    if (response.topics().isEmpty()) {
      return;
    }
    VoteResponseData.PartitionData answer = response.topics().get(0).partitions().get(0);
    if (answer.voteGranted()) {
      // Whoever grants a pre-vote lost sight of its leader too: its hint would lead back to a dead
      // one, for ever, as two followers remind each other of it.
      if (asked == term) {
        granted.add(voter);
        countVotes();
      }
    } else {
      learn(answer.leaderEpoch(), answer.leaderId());
    }
  }

  private void countVotes() {
    if (granted.size() > voters.size() / 2) {
      if (role == Role.PROSPECTIVE) {
        stand();
      } else if (role == Role.CANDIDATE) {
        lead();
      }
    }
  }

  private void lead() {
    persist(state.epoch(), id, id);
    host.log("quorum: leading epoch " + state.epoch());
    become(Role.LEADER, settings.quorumFetchTimeoutMs() / 2, this::checkQuorum);
    leadership = new Leadership(id, voters, log.endOffset(), nowMs());
    description.reset();
    // The epoch's first entry: only with it can what older epochs left be committed (Raft 5.4.2).
    append(new byte[0]);
    tellSilentVoters();
  }

  /** KIP-595: a leader that a majority does not fetch from is of no use and steps down. */
  private void checkQuorum() {
    if (!leadership.hasQuorum(nowMs(), settings.quorumFetchTimeoutMs() * 3 / 2)) {
      resign();
      return;
    }
    tellSilentVoters();
    setTimer(settings.quorumFetchTimeoutMs() / 2, this::checkQuorum);
  }

  private void tellSilentVoters() {
    for (int voter : leadership.silent(nowMs(), settings.quorumFetchTimeoutMs() / 2)) {
      calls.call(
          voter,
          QuorumMessages.begin(voter, id, state.epoch()),
          settings.quorumRequestTimeoutMs(),
          new IgnoredReply());
    }
  }

  /** Takes news of a later epoch, or of the leader of this one; true if it changed the role. */
  private boolean learn(int epoch, int leader) {
    if (epoch > state.epoch()) {
      if (leader == NOBODY || leader == id) {
        unattach(epoch);
      } else {
        follow(epoch, leader);
      }
      return true;
    }
    boolean news = epoch == state.epoch() && leader != NOBODY && state.leader() == NOBODY;
    if (news && leader != id && role != Role.RESIGNED) {
      follow(epoch, leader);
      return true;
    }
    return false;
  }

  // ---- served requests

  private ApiMessage vote(VoteRequestData request) {
    if (!QuorumRequests.valid(request)) {
      return new VoteResponseData().setErrorCode(Errors.INVALID_REQUEST.code());
    }
    VoteRequestData.PartitionData asked = request.topics().get(0).partitions().get(0);
    int epoch = asked.replicaEpoch();
    if (epoch < state.epoch()) {
      return QuorumMessages.voted(Errors.FENCED_LEADER_EPOCH, state.epoch(), state.leader(), false);
    }
    if (epoch > state.epoch()) {
      unattach(epoch);
    }
    boolean longEnough =
        asked.lastOffsetEpoch() > log.lastEpoch()
            || asked.lastOffsetEpoch() == log.lastEpoch() && asked.lastOffset() >= log.endOffset();
    boolean grant = longEnough && (asked.preVote() ? mayPreVote() : mayVoteFor(asked.replicaId()));
    if (grant && !asked.preVote()) {
      persist(epoch, asked.replicaId(), NOBODY);
      become(Role.UNATTACHED, electionTimeoutMs(), this::prospect);
    }
    return QuorumMessages.voted(Errors.NONE, state.epoch(), state.leader(), grant);
  }

  private boolean mayPreVote() {
    return role != Role.LEADER && !(role == Role.FOLLOWER && heardLeader);
  }

  private boolean mayVoteFor(int candidate) {
    boolean free = state.votedFor() == NOBODY || state.votedFor() == candidate;
    return free && state.leader() == NOBODY && role != Role.RESIGNED;
  }

  private ApiMessage begin(BeginQuorumEpochRequestData request) {
    if (!QuorumRequests.valid(request)) {
      return new BeginQuorumEpochResponseData().setErrorCode(Errors.INVALID_REQUEST.code());
    }
    BeginQuorumEpochRequestData.PartitionData told = request.topics().get(0).partitions().get(0);
    if (told.leaderEpoch() < state.epoch()) {
      return QuorumMessages.begun(Errors.FENCED_LEADER_EPOCH, state.epoch(), state.leader());
    }
    learn(told.leaderEpoch(), told.leaderId());
    return QuorumMessages.begun(Errors.NONE, state.epoch(), state.leader());
  }

  private ApiMessage end(EndQuorumEpochRequestData request) {
    if (!QuorumRequests.valid(request)) {
      return new EndQuorumEpochResponseData().setErrorCode(Errors.INVALID_REQUEST.code());
    }
    EndQuorumEpochRequestData.PartitionData told = request.topics().get(0).partitions().get(0);
    if (told.leaderEpoch() < state.epoch()) {
      return QuorumMessages.ended(Errors.FENCED_LEADER_EPOCH, state.epoch(), state.leader());
    }
    learn(told.leaderEpoch(), told.leaderId());
    if (role == Role.FOLLOWER && state.leader() == told.leaderId()) {
      int rank = told.preferredSuccessors().indexOf(id);
      // KIP-595: the first successor stands at once, others give it a head start.
      long delayMs = rank == 0 ? 0 : random.between(1, settings.quorumElectionTimeoutMs());
      setTimer(delayMs, this::prospect);
      heardLeader = false;
    }
    return QuorumMessages.ended(Errors.NONE, state.epoch(), state.leader());
  }

  private void serveFetch(FetchRequestData request, Responder responder, boolean mayPark) {
    if (!QuorumRequests.valid(request)) {
      responder.answer(new FetchResponseData().setErrorCode(Errors.INVALID_REQUEST.code()));
      return;
    }
    FetchRequestData.FetchPartition asked = request.topics().get(0).partitions().get(0);
    Errors error = refusal(asked.currentLeaderEpoch());
    FetchResponseData.PartitionData answer =
        QuorumMessages.fetched(error, state.epoch(), state.leader(), highWatermark);
    if (error == Errors.NONE) {
      boolean news = fill(answer, request.replicaState().replicaId(), asked);
      if (!news && mayPark && request.maxWaitMs() > 0) {
        parked.park(request, responder, this::serveFetch);
        return;
      }
    }
    responder.answer(QuorumMessages.fetchResponse(answer));
  }

  private ApiMessage describe(DescribeQuorumRequestData request, short version) {
    if (role != Role.LEADER || !QuorumDescription.about(request)) {
      return QuorumDescription.refused(request);
    }
    long committed = highWatermark > leadership.epochStartOffset ? highWatermark : -1;
    return description.answer(
        version, id, state.epoch(), committed, log.endOffset(), host.clock().epochMs());
  }

  private Errors refusal(int askedEpoch) {
    if (askedEpoch >= 0 && askedEpoch < state.epoch()) {
      return Errors.FENCED_LEADER_EPOCH;
    }
    if (askedEpoch > state.epoch()) {
      return Errors.UNKNOWN_LEADER_EPOCH;
    }
    return role == Role.LEADER ? Errors.NONE : Errors.NOT_LEADER_OR_FOLLOWER;
  }

  /** Fills the answer; false when there is nothing new to tell. */
  private boolean fill(
      FetchResponseData.PartitionData answer, int replica, FetchRequestData.FetchPartition asked) {
    if (!log.contains(asked.fetchOffset(), asked.lastFetchedEpoch())) {
      EpochEnd end = log.endOf(asked.lastFetchedEpoch());
      answer.setDivergingEpoch(
          new FetchResponseData.EpochEndOffset()
              .setEpoch(end.epoch())
              .setEndOffset(end.endOffset()));
      return true;
    }
    leadership.has(replica, asked.fetchOffset(), nowMs());
    description.fetched(replica, asked.fetchOffset(), log.endOffset(), host.clock().epochMs());
    advance();
    answer.setHighWatermark(highWatermark);
    answer.setRecords(MemoryRecords.readableRecords(log.read(asked.fetchOffset(), READ_BYTES)));
    return asked.fetchOffset() < log.endOffset() || asked.highWatermark() < highWatermark;
  }

  // ---- following

  private void fetchNext(int begun) {
    if (begun != term) {
      return;
    }
    fetches.call(
        state.leader(),
        QuorumMessages.fetch(id, state.epoch(), log, highWatermark, FETCH_WAIT_MS),
        settings.quorumRequestTimeoutMs(),
        new Peers.Reply() {
          @Override
          public void answered(ApiMessage response) {
            if (begun == term) {
              fetched(QuorumMessages.partition((FetchResponseData) response));
            }
          }

          @Override
          public void failed(String why) {
            fetchLater(begun);
          }
        });
  }

  private void fetchLater(int begun) {
    if (begun == term) {
      host.timers().after(FETCH_RETRY_MS, () -> fetchNext(begun));
    }
  }

  private void fetched(FetchResponseData.PartitionData answer) {
    if (answer.errorCode() != Errors.NONE.code()) {
      int begun = term;
      if (!learn(answer.currentLeader().leaderEpoch(), answer.currentLeader().leaderId())) {
        fetchLater(begun);
      }
      return;
    }
    heardLeader = true;
    setTimer(settings.quorumFetchTimeoutMs(), this::prospect);
    if (answer.divergingEpoch().endOffset() >= 0) {
      truncate(answer.divergingEpoch());
    } else {
      if (QuorumMessages.entries(answer).hasRemaining()) {
        log.appendFramed(QuorumMessages.entries(answer));
      }
      highWatermark = Math.max(highWatermark, Math.min(answer.highWatermark(), log.endOffset()));
      deliver();
    }
    fetchNext(term);
  }

  private void truncate(FetchResponseData.EpochEndOffset diverging) {
    EpochEnd own = log.endOf(diverging.epoch());
    long to = Math.min(own.endOffset(), diverging.endOffset());
    if (to < highWatermark) {
      throw new IllegalStateException("asked to cut committed entries: " + to);
    }
    log.truncate(to);
  }

  // ---- committing

  private void advance() {
    long end = leadership.majorityEndOffset();
    if (end > highWatermark && log.entry(end - 1).epoch() == state.epoch()) {
      highWatermark = end;
      deliver();
      parked.wake(this::serveFetch);
    }
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    while (delivered < highWatermark) {
      long offset = delivered++;
      listener.committed(offset, log.entry(offset).payload());
      announceLeadership();
    }
    delivering = false;
  }

  private void announceLeadership() {
    if (role == Role.LEADER && !leadership.announced && delivered > leadership.epochStartOffset) {
      leadership.announced = true;
      listener.leading(state.epoch());
    }
  }

  private long electionTimeoutMs() {
    long base = settings.quorumElectionTimeoutMs();
    return random.between(base, 2 * base);
  }

  private long nowMs() {
    return host.clock().millis();
  }

  /** Answers matter to {@code then} only; failures are repaired by timers. */
  private record IgnoredReply(Consumer<ApiMessage> then) implements Peers.Reply {
    IgnoredReply() {
      this(response -> {});
    }

    @Override
    public void answered(ApiMessage response) {
      then.accept(response);
    }

    @Override
    public void failed(String why) {}
  }
}
