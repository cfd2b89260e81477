package dev.trial.broker.controller;

import dev.trial.broker.metadata.Feature;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.FeatureChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.common.errors.InvalidUpdateVersionException;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData.UpdatableFeatureResult;
import org.apache.kafka.common.protocol.Errors;

/**
 * UpdateFeatures (KIP-584, KIP-1022) by the rules of FeatureControlManager: all updates of a
 * request take effect, or none.
 */
final class FeatureControl {
  private static final String MIN_INSYNC = "min.insync.replicas";

  /** Up to this version an answer names each feature. */
  private static final int NAMED_UNTIL = 1;

  /** Where MetadataVersion says that the records of the metadata changed: no way back over it. */
  private static final Set<Integer> CHANGED_METADATA = Set.of(7, 8, 11, 13, 14, 15, 17, 23, 30);

  /** From this metadata.version on eligible leader replicas can be kept (4.0-IV1). */
  private static final int ELIGIBLE_SINCE = 23;

  private final int controller;
  private final ControlState state;

  FeatureControl(int controller, ControlState state) {
    this.controller = controller;
    this.state = state;
  }

  Decision update(UpdateFeaturesRequestData request, short version) {
    UpdateFeaturesResponseData response = new UpdateFeaturesResponseData();
    List<MetadataRecord> records = new ArrayList<>();
    try {
      for (FeatureUpdateKey update : request.featureUpdates()) {
        records.addAll(update(update, request));
      }
    } catch (InvalidUpdateVersionException invalid) {
      return new Decision(
          List.of(),
          response
              .setErrorCode(Errors.INVALID_UPDATE_VERSION.code())
              .setErrorMessage(
                  "The update failed for all features since the following feature had an error: "
                      + invalid.getMessage()));
    }
    if (version <= NAMED_UNTIL) {
      request.featureUpdates().forEach(update -> response.results().add(done(update.feature())));
    }
    return new Decision(
        request.validateOnly() ? List.of() : records, response.setErrorMessage(null));
  }

  private static UpdatableFeatureResult done(String feature) {
    return new UpdatableFeatureResult().setFeature(feature).setErrorMessage(Errors.NONE.message());
  }

  private List<MetadataRecord> update(FeatureUpdateKey update, UpdateFeaturesRequestData request) {
    int wanted = update.maxVersionLevel();
    UpgradeType type = UpgradeType.fromCode(update.upgradeType());
    if (type == UpgradeType.UNKNOWN) {
      throw invalid(update, "The controller does not support the given upgrade type.");
    }
    if (wanted < 0) {
      throw invalid(update, "A feature version cannot be less than 0.");
    }
    Feature feature = supported(update);
    int now = feature.level(state.image(), state.settings());
    if (wanted < now && type == UpgradeType.UPGRADE) {
      throw invalid(
          update,
          "Can't downgrade the version of this feature without setting the upgrade type to either"
              + " safe or unsafe downgrade.");
    }
    if (wanted > now && type != UpgradeType.UPGRADE) {
      throw invalid(update, "Can't downgrade to a newer version.");
    }
    switch (feature) {
      case METADATA_VERSION -> checkMetadata(now, wanted, type);
      case ELIGIBLE_LEADER_REPLICAS_VERSION -> checkEligible(update, request);
      case GROUP_VERSION, TRANSACTION_VERSION -> {} // depend on nothing
    }
    List<MetadataRecord> records = new ArrayList<>();
    if (feature == Feature.ELIGIBLE_LEADER_REPLICAS_VERSION && wanted > 0) {
      records.addAll(oneMinimum());
    }
    records.add(new FeatureChanged(feature.key(), wanted));
    return records;
  }

  private Feature supported(FeatureUpdateKey update) {
    String who = "Local controller " + controller;
    Optional<Feature> feature = Feature.named(update.feature());
    if (feature.isEmpty()) {
      if (update.maxVersionLevel() == 0) { // what is off everywhere stays off
        throw invalid(update, "Feature " + update.feature() + " not found.");
      }
      throw invalid(update, who + " does not support this feature.");
    }
    int lowest = feature.get().lowest();
    int highest = feature.get().highest();
    if (update.maxVersionLevel() < lowest || update.maxVersionLevel() > highest) {
      throw invalid(update, who + " only supports versions " + lowest + "-" + highest);
    }
    return feature.get();
  }

  private static void checkMetadata(int now, int wanted, UpgradeType type) {
    boolean changed = IntStream.rangeClosed(wanted + 1, now).anyMatch(CHANGED_METADATA::contains);
    if (changed) {
      String from = "Unsupported metadata.version downgrade from " + now + " to " + wanted + ". ";
      throw new InvalidUpdateVersionException(
          from
              + (type == UpgradeType.UNSAFE_DOWNGRADE
                  ? "Unsafe metadata downgrade is not supported in this version."
                  : "Refusing to perform the requested downgrade because it might delete metadata"
                      + " information."));
    }
  }

  /** Of the same request a newer metadata.version counts (Feature.validateVersion). */
  private void checkEligible(FeatureUpdateKey update, UpdateFeaturesRequestData request) {
    FeatureUpdateKey metadata = request.featureUpdates().find(Feature.METADATA_VERSION.key());
    int level =
        metadata == null
            ? Feature.METADATA_VERSION.level(state.image(), state.settings())
            : metadata.maxVersionLevel();
    if (update.maxVersionLevel() > 0 && level < ELIGIBLE_SINCE) {
      throw invalid(
          update,
          update.feature()
              + " could not be set to "
              + update.maxVersionLevel()
              + " because it depends on metadata.version level "
              + ELIGIBLE_SINCE);
    }
  }

  /**
   * The controller must know every minimum before it keeps eligible leader replicas: the cluster
   * gets one of its own and brokers lose theirs (ConfigurationControlManager, KIP-966).
   */
  private List<MetadataRecord> oneMinimum() {
    List<MetadataRecord> records = new ArrayList<>();
    if (!state.image().ownBrokerConfigs("").containsKey(MIN_INSYNC)) {
      records.add(minimum("", state.settings().text(MIN_INSYNC, "1")));
    }
    for (int broker : state.image().brokers().keySet()) {
      String name = Integer.toString(broker);
      if (state.image().ownBrokerConfigs(name).containsKey(MIN_INSYNC)) {
        records.add(minimum(name, null));
      }
    }
    return records;
  }

  private static MetadataRecord minimum(String broker, String value) {
    return new ConfigChanged(ConfigScope.BROKER, broker, MIN_INSYNC, value);
  }

  private static InvalidUpdateVersionException invalid(FeatureUpdateKey update, String why) {
    return new InvalidUpdateVersionException(
        "Invalid update version %d for feature %s. %s"
            .formatted(update.maxVersionLevel(), update.feature(), why));
  }
}
