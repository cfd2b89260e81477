package dev.trial.app.live.answers;

import java.util.function.Function;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * One request and who is asked.
 *
 * @param name unique; begins with the API's name
 * @param broker of whom it is asked, known once the cluster serves
 * @param request made when it is asked, with what the cluster gave out before (topic ids, members)
 */
record Question(
    String name,
    short version,
    Function<Scene, Integer> broker,
    Function<Scene, ApiMessage> request) {}
