package dev.trial.broker.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** A request of any API and version, made by a walk over its schema. */
public final class GeneratedRequest {
  private static final int UNKNOWN_TAG = 9_999;

  private final Supplier<Flavor> flavors;
  private final Uuid topicId;

  private GeneratedRequest(Supplier<Flavor> flavors, Uuid topicId) {
    this.flavors = flavors;
    this.topicId = topicId;
  }

  /**
   * A whole frame, length included.
   *
   * @param flavors asked for each value
   * @param topicId that of the topic "orders"
   */
  public static byte[] frame(
      ApiKeys api, short version, Supplier<Flavor> flavors, Uuid topicId, int correlationId) {
    byte[] body = body(api, version, flavors, topicId);
    RequestHeaderData header =
        new RequestHeaderData()
            .setRequestApiKey(api.id)
            .setRequestApiVersion(version)
            .setCorrelationId(correlationId)
            .setClientId(flavors.get().nulls() ? null : "generated");
    short headerVersion = ApiMessageType.fromApiKey(api.id).requestHeaderVersion(version);
    ObjectSerializationCache cache = new ObjectSerializationCache();
    int length = header.size(cache, headerVersion) + body.length;
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
    header.write(new ByteBufferAccessor(frame), cache, headerVersion);
    return frame.put(body).array();
  }

  private static byte[] body(ApiKeys api, short version, Supplier<Flavor> flavors, Uuid topicId) {
    Schema schema = ApiMessageType.fromApiKey(api.id).requestSchemas()[version];
    Struct struct = new GeneratedRequest(flavors, topicId).struct(schema);
    ByteBuffer bytes = ByteBuffer.allocate(schema.sizeOf(struct));
    schema.write(bytes, struct);
    return bytes.array();
  }

  private Struct struct(Schema schema) {
    Struct struct = new Struct(schema);
    for (BoundField field : schema.fields()) {
      struct.set(field, value(field.def.name, field.def.type));
    }
    return struct;
  }

  private Object value(String field, Type type) {
    Flavor flavor = flavors.get();
    if (type.isNullable() && flavor.nulls()) {
      return null;
    }
    if (type instanceof TaggedFields tagged) {
      return tagged(tagged, flavor);
    }
    if (type instanceof Schema schema) {
      return struct(schema);
    }
    if (type.arrayElementType().isPresent()) {
      Object[] elements = new Object[flavor.elements()];
      Arrays.setAll(elements, i -> value(field, type.arrayElementType().get()));
      return elements;
    }
    return scalar(field, type.toString(), flavor);
  }

  private Object scalar(String field, String type, Flavor flavor) {
    return switch (type) {
      case "BOOLEAN" -> flavor.number(field, 0, 1) == 1;
      case "INT8" -> (byte) flavor.number(field, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "INT16" -> (short) flavor.number(field, Short.MIN_VALUE, Short.MAX_VALUE);
      case "UINT16" -> (int) flavor.number(field, 0, 0xffff);
      case "INT32" -> (int) flavor.number(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "UINT32" -> flavor.number(field, 0, 0xffff_ffffL);
      case "INT64" -> flavor.number(field, Long.MIN_VALUE, Long.MAX_VALUE);
      case "FLOAT64" -> (double) flavor.number(field, Long.MIN_VALUE, Long.MAX_VALUE);
      case "UUID" -> flavor.id(topicId);
      case "STRING", "COMPACT_STRING", "NULLABLE_STRING", "COMPACT_NULLABLE_STRING" ->
          flavor.text(field);
      case "BYTES", "COMPACT_BYTES", "NULLABLE_BYTES", "COMPACT_NULLABLE_BYTES" ->
          ByteBuffer.wrap(flavor.text(field).getBytes(StandardCharsets.UTF_8));
      case "RECORDS", "COMPACT_RECORDS", "NULLABLE_RECORDS", "COMPACT_NULLABLE_RECORDS" ->
          records(flavor);
      default -> throw new IllegalArgumentException(field + " is of the unknown type " + type);
    };
  }

  private static MemoryRecords records(Flavor flavor) {
    byte[] value = flavor.text("value").getBytes(StandardCharsets.UTF_8);
    return switch (flavor) {
      case EMPTY, NULLS -> MemoryRecords.EMPTY;
      case KNOWN -> MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(0, null, value));
      default -> MemoryRecords.readableRecords(ByteBuffer.wrap(value));
    };
  }

  private NavigableMap<Integer, Object> tagged(TaggedFields section, Flavor flavor) {
    NavigableMap<Integer, Object> values = new TreeMap<>();
    if (flavor.tagged()) {
      for (Map.Entry<Integer, Field> each : section.fields().entrySet()) {
        values.put(each.getKey(), value(each.getValue().name, each.getValue().type));
      }
      values.put(UNKNOWN_TAG, new RawTaggedField(UNKNOWN_TAG, new byte[] {1, 2, 3}));
    }
    return values;
  }
}
