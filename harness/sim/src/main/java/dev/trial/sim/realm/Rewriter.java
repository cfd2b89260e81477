package dev.trial.sim.realm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Rewrites one class of a realm as it is defined; the jar stays untouched. */
final class Rewriter {
  /** Names what this rewriter writes: a checksum of its own code, so that no cache gets stale. */
  static final String VERSION = version();

  static final String SELECTOR = "org/apache/kafka/common/network/Selector";
  static final String THREAD_LOCAL_RANDOM = "java/util/concurrent/ThreadLocalRandom";

  private static final String CLIENTS = "org/apache/kafka/clients/";
  private static final int CLASS_CONSTANT = 7;

  private final Hierarchy hierarchy;

  Rewriter(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
  }

  private static String version() {
    CRC32 sum = new CRC32();
    for (Class<?> part :
        List.of(Rewriter.class, RewritingClass.class, RewritingMethod.class, CallRules.class)) {
      try (InputStream code = part.getResourceAsStream(part.getSimpleName() + ".class")) {
        sum.update(code.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the rewriter's own code", e);
      }
    }
    return Long.toHexString(sum.getValue());
  }

  byte[] rewrite(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ClassVisitor visitor = writer;
    if (names(reader, THREAD_LOCAL_RANDOM)) {
      visitor = remap(visitor, THREAD_LOCAL_RANDOM, "SimThreadLocalRandom");
    }
    if (remapsSelector(reader)) {
      visitor = remap(visitor, SELECTOR, "SimSelector");
    }
    reader.accept(new RewritingClass(visitor, hierarchy), 0);
    return writer.toByteArray();
  }

  /** The class with some of the types it names renamed. */
  static byte[] rename(byte[] original, Map<String, String> names) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, names)), 0);
    return writer.toByteArray();
  }

  /** Client classes construct the selector; nobody else may meet ours under Kafka's name. */
  static boolean remapsSelector(ClassReader reader) {
    return reader.getClassName().startsWith(CLIENTS) && names(reader, SELECTOR);
  }

  private static ClassVisitor remap(ClassVisitor visitor, String type, String replacement) {
    return new ClassRemapper(
        visitor, new SimpleRemapper(Opcodes.ASM9, Map.of(type, CallRules.RUNTIME + replacement)));
  }

  private static boolean names(ClassReader reader, String type) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      if (at > 0
          && reader.readByte(at - 1) == CLASS_CONSTANT
          && type.equals(reader.readUTF8(at, buffer))) {
        return true;
      }
    }
    return false;
  }
}
