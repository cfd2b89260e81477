package dev.trial.broker.group;

import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;

/** Asks the controller to create an internal topic when it is first needed. */
@FunctionalInterface
public interface InternalTopics {

  /**
   * @param done told once the request has ended, however it ended
   */
  void create(CreatableTopic topic, Runnable done);
}
