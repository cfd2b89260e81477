package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ErrorAnswersTest {

  @Test
  void findsAnErrorAtTheTop() {
    DescribeClusterResponseData answer =
        new DescribeClusterResponseData().setErrorCode(Errors.NOT_CONTROLLER.code());
    assertTrue(ErrorAnswers.contains(answer, Errors.NOT_CONTROLLER));
    assertFalse(ErrorAnswers.contains(answer, Errors.INVALID_REQUEST));
  }

  @Test
  void findsAnErrorInsideOfAnAnswerThatNamesAResourceTwice() {
    AlterConfigsResponseData answer =
        new AlterConfigsResponseData()
            .setResponses(List.of(resource(Errors.INVALID_REQUEST), resource(Errors.NONE)));
    assertTrue(ErrorAnswers.contains(answer, Errors.INVALID_REQUEST));
    assertFalse(ErrorAnswers.contains(answer, Errors.NOT_CONTROLLER));
  }

  private static AlterConfigsResourceResponse resource(Errors error) {
    return new AlterConfigsResourceResponse()
        .setResourceName("orders")
        .setResourceType((byte) 0)
        .setErrorCode(error.code());
  }
}
