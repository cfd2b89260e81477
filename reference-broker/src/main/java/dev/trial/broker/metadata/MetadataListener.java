package dev.trial.broker.metadata;

/** A part of the broker that follows the metadata; called in the order of registration. */
@FunctionalInterface
public interface MetadataListener {
  void changed(MetadataImage before, MetadataImage after);
}
