package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataRecord;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What the controller makes of a request: records of one log entry, and the answer once they are
 * committed.
 */
record Decision(List<MetadataRecord> records, ApiMessage response) {}
