package dev.trial.broker.transaction;

import dev.trial.broker.transaction.TransactionCoordinator.Found;
import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.Errors;

/** ListTransactions and DescribeTransactions (KIP-664, KIP-994, KIP-1152). */
final class TransactionQueries {
  private final TransactionCoordinator coordinator;

  TransactionQueries(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  ListTransactionsResponseData list(ListTransactionsRequestData asked) {
    ListTransactionsResponseData response = new ListTransactionsResponseData();
    if (!coordinator.shards().stream().allMatch(TransactionShard::loaded)) {
      return response.setErrorCode(Errors.COORDINATOR_LOAD_IN_PROGRESS.code());
    }
    Pattern pattern;
    try {
      pattern = pattern(asked.transactionalIdPattern());
    } catch (PatternSyntaxException malformed) {
      return response.setErrorCode(Errors.INVALID_REGULAR_EXPRESSION.code());
    }
    for (String state : asked.stateFilters()) {
      if (TransactionState.titled(state) == null) {
        response.unknownStateFilters().add(state);
      }
    }
    for (TransactionShard shard : coordinator.shards()) {
      for (Transaction transaction : shard.transactions().values()) {
        if (included(transaction, asked, pattern)) {
          response.transactionStates().add(listed(transaction));
        }
      }
    }
    return response;
  }

  private static Pattern pattern(String text) {
    return text == null || text.isEmpty() ? null : Pattern.compile(text);
  }

  private boolean included(
      Transaction transaction, ListTransactionsRequestData asked, Pattern pattern) {
    TransactionValue value = transaction.value();
    long openMs = coordinator.nowMs() - value.startMs();
    return (asked.producerIdFilters().isEmpty()
            || asked.producerIdFilters().contains(value.producerId()))
        && (asked.stateFilters().isEmpty() || asked.stateFilters().contains(value.state().title()))
        && (asked.durationFilter() < 0 || openMs > asked.durationFilter())
        && (pattern == null || pattern.matcher(transaction.id()).matches());
  }

  private static ListTransactionsResponseData.TransactionState listed(Transaction transaction) {
    return new ListTransactionsResponseData.TransactionState()
        .setTransactionalId(transaction.id())
        .setProducerId(transaction.value().producerId())
        .setTransactionState(transaction.state().title());
  }

  DescribeTransactionsResponseData.TransactionState describe(String id) {
    DescribeTransactionsResponseData.TransactionState told =
        new DescribeTransactionsResponseData.TransactionState().setTransactionalId(id);
    if (id.isEmpty()) {
      return told.setErrorCode(Errors.INVALID_REQUEST.code());
    }
    Found found = coordinator.find(id);
    if (found.error() != Errors.NONE) {
      return told.setErrorCode(found.error().code());
    }
    Transaction transaction = found.shard().transaction(id);
    if (transaction == null) {
      return told.setErrorCode(Errors.TRANSACTIONAL_ID_NOT_FOUND.code());
    }
    TransactionValue value = transaction.value();
    byTopic(value).values().forEach(told.topics()::add);
    return told.setProducerId(value.producerId())
        .setProducerEpoch(value.epoch())
        .setTransactionState(value.state().title())
        .setTransactionTimeoutMs(value.timeoutMs())
        .setTransactionStartTimeMs(value.startMs());
  }

  private static Map<String, TopicData> byTopic(TransactionValue value) {
    Map<String, TopicData> topics = new TreeMap<>();
    for (PartitionId partition : value.partitions()) {
      topics
          .computeIfAbsent(partition.topic(), name -> new TopicData().setTopic(name))
          .partitions()
          .add(partition.partition());
    }
    return topics;
  }
}
