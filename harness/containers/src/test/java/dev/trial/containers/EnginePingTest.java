package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What DOCKER_HOST may say, and where nobody is. */
@Timeout(30)
class EnginePingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "two words",
        "unix://",
        "unix:docker.sock",
        "tcp://",
        "tcp://:2375",
        "tcp://[::1",
        "/var/run/docker.sock"
      })
  void whatIsNoAddressIsTold(String host) {
    assertEquals(
        host + ": no address of an engine; write unix:///PATH or tcp://HOST:PORT", told(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///nobody/docker.sock", "tcp://127.0.0.1:1"})
  void whereNobodyListensIsTold(String host) {
    assertTrue(told(host).startsWith(host + ": "), told(host));
  }

  /** No resolver asks anybody for a label this long (RFC 1035 ends it at 63). */
  @Test
  void aHostThatIsNotThereIsTold() {
    String host = "a".repeat(64);
    assertEquals("tcp://" + host + ":2375: unknown host " + host, told("tcp://" + host + ":2375"));
  }

  @Test
  void aPathTooLongForASocketIsTold() {
    String host = "unix:///" + "a".repeat(200);
    assertTrue(told(host).startsWith(host + ": "), told(host));
  }

  private static String told(String host) {
    return assertThrows(IOException.class, () -> EnginePing.check(host, 2_000)).getMessage();
  }
}
