package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka",
        "apache/kafka:4.3.1",
        "my_org/my__kafka:Tag_1",
        "localhost:5000/kafka",
        "Registry.example.org/a/b-c/d.e:x",
        "apache/kafka@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void imagesAreCalledThat(String name) {
    assertTrue(ImageName.valid(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-rf /",
        "a//b",
        "/a",
        "a/",
        "a:",
        "a:b:c",
        "a b",
        "a..b",
        "a___b",
        "apache/Kafka:1",
        "https://127.0.0.1:8474",
        "a@sha256:0",
        "a:-x"
      })
  void noImageIsCalledThat(String name) {
    assertFalse(ImageName.valid(name));
  }
}
