package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.RandomStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * What a node could read it can write again, however the frame came to be: requests are passed on
 * to the controller and read a second time for the answer that refuses them.
 */
class DamagedRequestsTest {
  private static final Uuid TOPIC = new Uuid(3, 4);

  /** Two tags that nobody knows, each of one byte, the higher one first. */
  private static final byte[] DESCENDING_TAGS = {2, 0x70, 1, 7, 0x6f, 1, 7};

  @Example
  void unknownTagsMayComeInAnyOrder() {
    int flexible = 0;
    for (ApiKeys api : ApiKeys.values()) {
      for (short version : versions(api)) {
        if (ApiMessageType.fromApiKey(api.id).requestHeaderVersion(version) == 2) {
          flexible++;
          byte[] frame = GeneratedRequest.frame(api, version, () -> Flavor.EMPTY, TOPIC, 1);
          ByteArrayOutputStream tagged = new ByteArrayOutputStream();
          tagged.write(frame, 0, frame.length - 1); // without the mark that there are no tags
          tagged.writeBytes(DESCENDING_TAGS);
          assertDoesNotThrow(() -> writeAgain(api, version, tagged.toByteArray()), api::toString);
        }
      }
    }
    assertTrue(flexible > 100, "next to no version has tags: " + flexible);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void whatCanBeReadCanBeWritten(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    for (ApiKeys api : ApiKeys.values()) {
      for (short version : versions(api)) {
        Flavor flavor = random.pick(List.of(Flavor.values()));
        byte[] frame = GeneratedRequest.frame(api, version, () -> flavor, TOPIC, 1);
        byte[] damaged = DamagedFrame.of(frame, random);
        assertDoesNotThrow(() -> writeAgain(api, version, damaged), () -> api + " v" + version);
      }
    }
  }

  private static void writeAgain(ApiKeys api, short version, byte[] damaged) {
    ApiMessage request;
    try {
      ByteBuffer frame = ByteBuffer.wrap(damaged).position(Integer.BYTES).slice();
      frame.putShort(0, api.id).putShort(Short.BYTES, version);
      Envelope.readRequestHeader(frame);
      request = Envelope.readRequest(frame, api.id, version);
    } catch (RuntimeException malformed) {
      return;
    }
    MessageUtil.toByteBufferAccessor(request, version);
  }

  private static List<Short> versions(ApiKeys api) {
    if (!ApiVersions.known(api.id)) {
      return List.of();
    }
    return IntStream.rangeClosed(api.oldestVersion(), ApiVersions.newest(api))
        .mapToObj(version -> (short) version)
        .toList();
  }
}
