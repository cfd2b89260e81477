package dev.trial.broker;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A deterministic world for tests: one event queue, lossy links, disks that forget unflushed bytes.
 */
public final class TinyWorld {
  private final RandomStream random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.order, b.order));
  private final Map<String, TinyHost> running = new TreeMap<>();
  private final Map<String, TreeMap<String, TinyFile>> disks = new TreeMap<>();
  private final Set<String> cut = new TreeSet<>();
  private long nowMs;
  private long orders;
  private long handled;
  private int boots;

  private record Event(long atMs, long order, Runnable action) {}

  public TinyWorld(long seed) {
    random = new RandomStream(seed);
  }

  public long nowMs() {
    return nowMs;
  }

  /** How many events were handled so far. */
  public long handled() {
    return handled;
  }

  public RandomStream random() {
    return random;
  }

  /** A fresh process on the machine of that name. */
  public Host boot(String name) {
    kill(name);
    TinyHost host = new TinyHost(name, boots++);
    running.put(name, host);
    return host;
  }

  /** kill -9; with {@code power} also forgets what was not flushed. */
  public void kill(String name) {
    TinyHost host = running.remove(name);
    if (host != null) {
      host.dead = true;
      new ArrayList<>(host.sockets).forEach(Socket::breakBoth);
    }
  }

  public void losePower(String name) {
    kill(name);
    disks.getOrDefault(name, new TreeMap<>()).values().forEach(TinyFile::forget);
  }

  /** Cuts or mends the link between two machines; bytes on their way are lost with it. */
  public void cut(String a, String b, boolean down) {
    for (String link : List.of(a + ">" + b, b + ">" + a)) {
      if (down) {
        cut.add(link);
      } else {
        cut.remove(link);
      }
    }
  }

  public void healAll() {
    cut.clear();
  }

  /** Runs all events of the next {@code ms}, with a look after each. */
  public void run(long ms, Runnable look) {
    long until = nowMs + ms;
    while (!events.isEmpty() && events.peek().atMs <= until) {
      Event event = events.poll();
      nowMs = event.atMs;
      handled++;
      event.action.run();
      look.run();
    }
    nowMs = until;
  }

  private void at(long ms, Runnable action) {
    events.add(new Event(ms, orders++, action));
  }

  private final class TinyHost implements Host, Clock, Timers, Network {
    private final String name;
    private final RandomStream own;
    private final Map<Integer, Acceptor> listeners = new TreeMap<>();
    private final List<Socket> sockets = new ArrayList<>();
    private boolean dead;

    TinyHost(String name, int boot) {
      this.name = name;
      this.own = random.fork(name + "/" + boot);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Clock clock() {
      return this;
    }

    @Override
    public Timers timers() {
      return this;
    }

    @Override
    public Network network() {
      return this;
    }

    @Override
    public Disk disk() {
      return new TinyDisk(disks.computeIfAbsent(name, n -> new TreeMap<>()));
    }

    @Override
    public RandomStream random(String concern) {
      return own.fork(concern);
    }

    @Override
    public void log(String line) {}

    @Override
    public long nanos() {
      return nowMs * 1_000_000;
    }

    @Override
    public long epochMs() {
      return nowMs;
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
      boolean[] off = new boolean[1];
      at(
          nowMs + delayMs,
          () -> {
            if (!off[0] && !dead) {
              action.run();
            }
          });
      return () -> off[0] = true;
    }

    @Override
    public void listen(int port, Acceptor acceptor) {
      listeners.put(port, acceptor);
    }

    @Override
    public Connection connect(Address to, ConnectionListener listener) {
      Socket near = new Socket(this, listener);
      sockets.add(near);
      at(
          nowMs + 1 + random.nextLong(3),
          () -> {
            TinyHost far = running.get(to.host());
            boolean reachable =
                far != null
                    && far.listeners.containsKey(to.port())
                    && !cut.contains(name + ">" + to.host());
            if (dead || near.gone) {
              return;
            }
            if (!reachable) {
              near.broken();
              return;
            }
            Socket there = new Socket(far, null);
            near.peer = there;
            there.peer = near;
            there.listener = far.listeners.get(to.port()).accepted(there, name);
            far.sockets.add(there);
            listener.connected();
          });
      return near;
    }
  }

  private final class Socket implements Network.Connection {
    private final TinyHost owner;
    private Network.ConnectionListener listener;
    private Socket peer;
    private boolean gone;
    private long arrivesMs;

    Socket(TinyHost owner, Network.ConnectionListener listener) {
      this.owner = owner;
      this.listener = listener;
    }

    @Override
    public void write(byte[] bytes) {
      if (gone || peer == null) {
        return;
      }
      if (cut.contains(owner.name + ">" + peer.owner.name)) {
        breakBoth();
        return;
      }
      arrivesMs = Math.max(arrivesMs, nowMs + 1 + random.nextLong(5));
      Socket to = peer;
      at(
          arrivesMs,
          () -> {
            if (!to.gone && !to.owner.dead) {
              to.listener.received(bytes);
            }
          });
    }

    @Override
    public void close() {
      gone = true;
      owner.sockets.remove(this);
      if (peer != null) {
        Socket other = peer;
        at(nowMs + 1, other::broken);
      }
    }

    private void breakBoth() {
      at(nowMs + 1, this::broken);
      if (peer != null) {
        at(nowMs + 1, peer::broken);
      }
    }

    private void broken() {
      if (!gone) {
        gone = true;
        owner.sockets.remove(this);
        if (!owner.dead) {
          listener.closed();
        }
      }
    }
  }

  private record TinyDisk(TreeMap<String, TinyFile> files) implements Disk {
    @Override
    public DiskFile open(String name) {
      return files.computeIfAbsent(name, n -> new TinyFile());
    }

    @Override
    public List<String> list(String prefix) {
      return files.keySet().stream().filter(n -> n.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String name) {
      files.remove(name);
    }

    @Override
    public void rename(String from, String to) {
      TinyFile file = files.remove(from);
      file.flush();
      files.put(to, file);
    }
  }

  private static final class TinyFile implements DiskFile {
    private byte[] bytes = new byte[0];
    private byte[] durable = new byte[0];

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void append(ByteBuffer more) {
      int at = bytes.length;
      byte[] longer = java.util.Arrays.copyOf(bytes, at + more.remaining());
      more.get(longer, at, more.remaining());
      bytes = longer;
    }

    @Override
    public ByteBuffer read(long position, int length) {
      int from = (int) position;
      return ByteBuffer.wrap(
          java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
    }

    @Override
    public void truncate(long size) {
      bytes = java.util.Arrays.copyOf(bytes, (int) size);
    }

    @Override
    public void flush() {
      durable = bytes.clone();
    }

    private void forget() {
      bytes = durable.clone();
    }
  }
}
