package dev.trial.live.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client process is told when it has connected.
 *
 * @param program class name of the client program
 * @param client the client's name, shared by its incarnations
 * @param process its id in the history
 * @param settings complete settings of the Kafka client
 * @param parameters the program's own
 * @param seed of the run
 * @param runStartNs {@link System#nanoTime} at the start of the run
 */
record LaunchOrder(
    String program,
    String client,
    int process,
    int incarnation,
    Map<String, String> settings,
    Map<String, String> parameters,
    long seed,
    long runStartNs) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(program);
    out.writeUTF(client);
    out.writeInt(process);
    out.writeInt(incarnation);
    write(settings, out);
    write(parameters, out);
    out.writeLong(seed);
    out.writeLong(runStartNs);
    out.flush();
  }

  static LaunchOrder read(DataInputStream in) throws IOException {
    return new LaunchOrder(
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        readMap(in),
        readMap(in),
        in.readLong(),
        in.readLong());
  }

  private static void write(Map<String, String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      texts.put(in.readUTF(), in.readUTF());
    }
    return texts;
  }
}
