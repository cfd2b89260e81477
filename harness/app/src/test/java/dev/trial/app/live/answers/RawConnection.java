package dev.trial.app.live.answers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** One connection to a broker, for requests as they are: nothing is checked, retried or mended. */
final class RawConnection implements AutoCloseable {
  private static final int ANSWER_WITHIN_MS = 20_000;
  private static final String CLIENT_ID = "raw";

  private final Socket socket;

  RawConnection(InetSocketAddress address) {
    try {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout(ANSWER_WITHIN_MS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer; empty if the broker closed the connection instead. */
  Optional<ApiMessage> ask(ApiMessage request, short version) {
    try {
      socket.getOutputStream().write(frame(request, version));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readInt()];
      in.readFully(answer);
      return Optional.of(parse(request.apiKey(), version, ByteBuffer.wrap(answer)));
    } catch (EOFException | SocketException closed) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(request + " v" + version, e);
    }
  }

  private static byte[] frame(ApiMessage request, short version) {
    ApiMessageType type = ApiMessageType.fromApiKey(request.apiKey());
    RequestHeaderData header =
        new RequestHeaderData()
            .setRequestApiKey(request.apiKey())
            .setRequestApiVersion(version)
            .setClientId(CLIENT_ID);
    short headerVersion = type.requestHeaderVersion(version);
    ObjectSerializationCache cache = new ObjectSerializationCache();
    int length = header.size(cache, headerVersion) + request.size(cache, version);
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
    ByteBufferAccessor out = new ByteBufferAccessor(buffer);
    header.write(out, cache, headerVersion);
    request.write(out, cache, version);
    return buffer.array();
  }

  private static ApiMessage parse(short api, short version, ByteBuffer frame) {
    ApiMessageType type = ApiMessageType.fromApiKey(api);
    ByteBufferAccessor in = new ByteBufferAccessor(frame);
    new ResponseHeaderData(in, type.responseHeaderVersion(version));
    ApiMessage answer = type.newResponse();
    answer.read(in, version);
    return answer;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
