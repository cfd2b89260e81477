package dev.trial.broker.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.Errors;

/**
 * Answers DescribeUserScramCredentials (KIP-554) as ScramImage does where nobody has any: nobody
 * can be given any here. kafka-configs asks for them with the quotas of users.
 */
final class ScramCredentials {
  private ScramCredentials() {}

  static DescribeUserScramCredentialsResponseData answer(
      DescribeUserScramCredentialsRequestData request) {
    DescribeUserScramCredentialsResponseData response =
        new DescribeUserScramCredentialsResponseData();
    Map<String, Integer> asked = new TreeMap<>();
    List<UserName> users = request.users() == null ? List.of() : request.users();
    users.forEach(user -> asked.merge(user.name(), 1, Integer::sum));
    asked.forEach((user, times) -> response.results().add(refused(user, times > 1)));
    return response;
  }

  private static DescribeUserScramCredentialsResult refused(String user, boolean repeated) {
    Errors error = repeated ? Errors.DUPLICATE_RESOURCE : Errors.RESOURCE_NOT_FOUND;
    String why =
        repeated
            ? "Cannot describe SCRAM credentials for the same user twice in a single request: "
            : "Attempt to describe a user credential that does not exist: ";
    return new DescribeUserScramCredentialsResult()
        .setUser(user)
        .setErrorCode(error.code())
        .setErrorMessage(why + user);
  }
}
