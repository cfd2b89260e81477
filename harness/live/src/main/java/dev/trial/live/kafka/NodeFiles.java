package dev.trial.live.kafka;

import java.nio.file.Path;

/**
 * What a node has on this machine's disk.
 *
 * @param node the machine's name
 * @param disk where it keeps its logs
 * @param settings its server.properties
 */
public record NodeFiles(String node, Path disk, Path settings) {

  static NodeFiles of(String node, Path data) {
    return new NodeFiles(node, data.resolve(node), data.resolve(node + ".properties"));
  }
}
