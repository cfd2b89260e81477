package dev.trial.broker.live;

import dev.trial.core.world.Network.Address;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A TCP client that sends what it likes, and connects again when it is hung up on. */
final class Attacker implements AutoCloseable {
  private final Address target;
  private final int patienceMs;
  private Socket socket;
  private boolean gone;

  /**
   * @param patienceMs how long to wait for an answer
   */
  Attacker(Address target, int patienceMs) throws IOException {
    this.target = target;
    this.patienceMs = patienceMs;
    connect();
  }

  private void connect() throws IOException {
    socket = new Socket(target.host(), target.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(patienceMs);
  }

  /** Sends, and reads a part of what comes, if anything does; true if it was hung up on. */
  boolean strike(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      InputStream in = socket.getInputStream();
      if (in.read() >= 0) {
        in.skip(in.available());
        return false;
      }
    } catch (SocketTimeoutException unanswered) {
      return false;
    } catch (IOException hungUp) {
      // as after the end of the stream
    }
    socket.close();
    connect();
    return true;
  }

  /** Sends, and waits for nothing; false if it was hung up on meanwhile. */
  boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException hungUp) {
      gone = true;
      return false;
    }
  }

  /** Sends a request; the frame of the answer without its length, empty if there was none. */
  Optional<ByteBuffer> ask(byte[] frame) throws IOException {
    socket.getOutputStream().write(frame);
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readInt()];
      in.readFully(answer);
      return Optional.of(ByteBuffer.wrap(answer));
    } catch (IOException unanswered) {
      return Optional.empty();
    }
  }

  /** True if the other side has hung up, and that was not noticed before. */
  boolean hungUpOn() {
    if (gone) {
      return false;
    }
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
