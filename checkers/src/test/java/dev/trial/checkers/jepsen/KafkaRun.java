package dev.trial.checkers.jepsen;

import dev.trial.checkers.jepsen.Op.Mop;
import dev.trial.checkers.jepsen.Op.Poll;
import dev.trial.checkers.jepsen.Op.Rec;
import dev.trial.checkers.jepsen.Op.Send;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small model of logs and of clients that send and poll in transactions, which behaves correctly
 * whatever happens: transactions that fail or whose outcome nobody learns, offsets taken by markers
 * and aborted data, consumers that are assigned anew. At the end a fresh process reads everything.
 */
final class KafkaRun {
  /** Values are unique in their key only. */
  static final int POLLED_MAX = 4;

  final List<Op> ops = new ArrayList<>();
  final List<List<Rec>> logs = new ArrayList<>();
  private final Random random;
  private final int keys;
  private final long[] ends;
  private final long[] nextValue;
  private final List<Client> clients = new ArrayList<>();
  private int nextProcess;

  private static final class Client {
    private int process;
    private int[] positions;
    private boolean lost;
  }

  KafkaRun(long seed, int processes, int keys, int transactions) {
    this.random = new Random(seed);
    this.keys = keys;
    this.ends = new long[keys];
    this.nextValue = new long[keys];
    for (int key = 0; key < keys; key++) {
      logs.add(new ArrayList<>());
    }
    for (int i = 0; i < processes; i++) {
      Client client = new Client();
      clients.add(client);
      restart(client);
    }
    for (int i = 0; i < transactions; i++) {
      transact(clients.get(random.nextInt(processes)));
    }
    finalRead();
  }

  private Op op(int process, String type, String f) {
    Op op = new Op(ops.size(), process, type, f);
    ops.add(op);
    return op;
  }

  private List<Integer> allKeys() {
    List<Integer> all = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      all.add(key);
    }
    return all;
  }

  private void restart(Client client) {
    client.process = nextProcess++;
    client.positions = new int[keys];
    op(client.process, "invoke", "assign").keys = allKeys();
    op(client.process, "ok", "assign").keys = allKeys();
    client.lost = false;
  }

  private void transact(Client client) {
    if (client.lost) {
      restart(client);
    }
    int sends = random.nextInt(3);
    int polls = sends == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
    String f = polls == 0 ? "send" : sends == 0 ? "poll" : "txn";
    Op invoke = op(client.process, "invoke", f);
    List<Mop> mops = new ArrayList<>();
    List<Rec> written = new ArrayList<>();
    int[] before = client.positions.clone();
    int luck = random.nextInt(20);
    boolean lands = luck != 0 && luck != 1;
    for (int i = 0; i < polls; i++) {
      mops.add(poll(client));
      invoke.mops.add(new Poll());
    }
    for (int i = 0; i < sends; i++) {
      int key = random.nextInt(keys);
      long value = nextValue[key]++;
      invoke.mops.add(new Send(key, value, null));
      long offset = ends[key]++;
      written.add(new Rec(key, offset, value));
      mops.add(new Send(key, value, random.nextInt(10) == 0 ? null : (Long) offset));
    }
    if (lands) {
      written.forEach(each -> logs.get(each.key()).add(each));
    }
    for (int key = 0; key < keys; key++) {
      ends[key] += random.nextInt(4) == 0 ? 1 : 0;
    }
    String type = luck == 0 ? "fail" : luck <= 2 ? "info" : "ok";
    op(client.process, type, f).mops.addAll(mops);
    if (!type.equals("ok")) {
      client.positions = before;
    }
    client.lost = type.equals("info");
  }

  private Poll poll(Client client) {
    Poll poll = new Poll();
    for (int key = 0; key < keys; key++) {
      int from = client.positions[key];
      int to = Math.min(logs.get(key).size(), from + random.nextInt(POLLED_MAX));
      poll.records.addAll(logs.get(key).subList(from, to));
      client.positions[key] = to;
    }
    return poll;
  }

  private void finalRead() {
    int reader = nextProcess++;
    op(reader, "invoke", "assign").keys = allKeys();
    op(reader, "ok", "assign").keys = allKeys();
    for (int key = 0; key < keys; key++) {
      op(reader, "invoke", "poll").mops.add(new Poll());
      Poll all = new Poll();
      all.records.addAll(logs.get(key));
      op(reader, "ok", "poll").mops.add(all);
    }
  }

  /** Says where the logs end, as an export of ours does. */
  Op tellEnds(int key, long end) {
    Op told = op(nextProcess++, "ok", "ends");
    told.mops.add(new Send(key, 0, end));
    return told;
  }

  String edn() {
    StringBuilder out = new StringBuilder();
    ops.forEach(each -> each.edn(out));
    return out.toString();
  }

  KafkaHistory history() {
    return read(edn().getBytes(StandardCharsets.UTF_8));
  }

  static KafkaHistory read(byte[] edn) {
    try {
      return KafkaHistoryReader.read(new ByteArrayInputStream(edn));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
