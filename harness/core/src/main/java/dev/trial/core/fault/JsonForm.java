package dev.trial.core.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.Nearest;
import dev.trial.core.json.StrictObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How one record of a closed family looks as JSON: its id, its fields, how to write and read. */
record JsonForm<T>(
    Class<? extends T> type,
    String id,
    List<String> fields,
    BiConsumer<T, ObjectNode> writer,
    Function<StrictObject, T> reader) {

  static <T, S extends T> JsonForm<T> of(
      Class<S> type,
      String id,
      List<String> fields,
      BiConsumer<S, ObjectNode> writer,
      Function<StrictObject, S> reader) {
    return new JsonForm<>(
        type, id, fields, (value, node) -> writer.accept(type.cast(value), node), reader::apply);
  }

  /** A record without components. */
  static <T, S extends T> JsonForm<T> bare(S value, Class<S> type, String id) {
    return of(type, id, List.of(), (any, node) -> {}, object -> value);
  }

  static <T> void write(List<JsonForm<T>> forms, String tag, T value, ObjectNode node) {
    for (JsonForm<T> form : forms) {
      if (form.type == value.getClass()) {
        node.put(tag, form.id);
        form.writer.accept(value, node);
        return;
      }
    }
    throw new IllegalStateException("no JSON form for " + value.getClass().getName());
  }

  static <T> T read(List<JsonForm<T>> forms, String tag, StrictObject object) {
    String id = object.text(tag);
    for (JsonForm<T> form : forms) {
      if (form.id.equals(id)) {
        List<String> allowed = new ArrayList<>(List.of(tag));
        allowed.addAll(form.fields);
        return form.reader.apply(object.allow(allowed));
      }
    }
    throw object.problem(Nearest.explain(tag, id, forms.stream().map(JsonForm::id).toList()));
  }
}
