package dev.trial.broker.wire;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/** Answers that refuse a whole request, in whatever place an API has for its errors. */
public final class ErrorAnswers {
  private static final String ERROR_CODE = "error_code";

  private ErrorAnswers() {}

  /**
   * The answer to the request that has that error everywhere.
   *
   * @throws IllegalStateException if the request asked for no answer
   */
  public static ApiMessage of(RequestContext context, ApiMessage request, Errors error) {
    return of(context, request, error.exception());
  }

  /** The same with the exception's own message, where the API has a place for it. */
  public static ApiMessage of(RequestContext context, ApiMessage request, ApiException error) {
    AbstractRequest parsed =
        AbstractRequest.parseRequest(
                context.api(),
                context.version(),
                MessageUtil.toByteBufferAccessor(request, context.version()))
            .request;
    AbstractResponse answer = parsed.getErrorResponse(0, error);
    if (answer == null) {
      throw new IllegalStateException("no answer was asked for");
    }
    return answer.data();
  }

  /**
   * True if the error occurs anywhere in the answer. By its schema: what the classes of responses
   * count their errors with fails on answers that name something twice.
   */
  public static boolean contains(ApiMessage response, Errors error) {
    short version = ApiVersions.newest(ApiKeys.forId(response.apiKey()));
    Schema schema = ApiMessageType.fromApiKey(response.apiKey()).responseSchemas()[version];
    return contains(
        schema.read(MessageUtil.toByteBufferAccessor(response, version).buffer()), error);
  }

  private static boolean contains(Struct struct, Errors error) {
    for (BoundField field : struct.schema().fields()) {
      Object value = struct.get(field);
      boolean told = field.def.name.endsWith(ERROR_CODE) && value.equals(error.code());
      if (told || inside(value, error)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inside(Object value, Errors error) {
    if (value instanceof Struct struct) {
      return contains(struct, error);
    }
    if (value instanceof Object[] elements) {
      return Arrays.stream(elements).anyMatch(element -> inside(element, error));
    }
    return value instanceof Map<?, ?> tagged
        && tagged.values().stream().anyMatch(element -> inside(element, error));
  }
}
