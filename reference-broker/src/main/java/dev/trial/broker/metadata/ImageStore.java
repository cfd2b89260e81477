package dev.trial.broker.metadata;

import java.util.ArrayList;
import java.util.List;

/** The current image of a node; listeners hear of every entry in their order of registration. */
public final class ImageStore {
  private final List<MetadataListener> listeners = new ArrayList<>();
  private Image image = Image.EMPTY;

  /** The image of all entries so far. */
  public Image image() {
    return image;
  }

  /** Adds a listener; it is not told of the past. */
  public void listen(MetadataListener listener) {
    listeners.add(listener);
  }

  /** Applies one committed entry. */
  public void apply(long offset, byte[] payload) {
    Image before = image;
    image = before.after(offset, RecordCodec.decode(payload));
    for (MetadataListener listener : listeners) {
      listener.changed(before, image);
    }
  }
}
