package dev.trial.broker.wire;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/** Answers that refuse a whole request, in whatever place an API has for its errors. */
public final class ErrorAnswers {

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

  /** True if the error occurs anywhere in the answer. */
  public static boolean contains(ApiMessage response, Errors error) {
    ApiKeys api = ApiKeys.forId(response.apiKey());
    short version = ApiVersions.newest(api);
    return AbstractResponse.parseResponse(
            api, MessageUtil.toByteBufferAccessor(response, version), version)
        .errorCounts()
        .containsKey(error);
  }
}
