package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of a fault schedule as one flat JSON object: {@code at_ms}, {@code length_ms}, {@code
 * kind} and the fault's own fields, then {@code whom} and the role's own fields.
 */
final class FaultJson {

  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, Long> numbers = new TreeMap<>();
  private final Map<String, Boolean> flags = new TreeMap<>();

  private FaultJson() {}

  static void write(ScheduledFault scheduled, JsonBytes json) {
    json.beginObject();
    number(json, "at_ms", scheduled.atMs());
    number(json, "length_ms", scheduled.lengthMs());
    text(json, "kind", scheduled.fault().kind().id());
    fault(scheduled.fault(), json);
    role(scheduled.whom(), json);
    json.endObject();
  }

  private static void fault(Fault fault, JsonBytes json) {
    if (fault instanceof Fault.Partition partition) {
      constant(json, "side", partition.side());
      constant(json, "direction", partition.direction());
    } else if (fault instanceof Fault.Latency latency) {
      number(json, "delay_ms", latency.delayMs());
      number(json, "jitter_ms", latency.jitterMs());
    } else if (fault instanceof Fault.Freeze freeze) {
      number(json, "buffer_bytes", freeze.bufferBytes());
    } else if (fault instanceof Fault.DropAnswer drop) {
      interference(json, drop.api(), drop.count());
    } else if (fault instanceof Fault.DelayAnswer delay) {
      interference(json, delay.api(), delay.count());
      number(json, "delay_ms", delay.delayMs());
    } else if (fault instanceof Fault.DelayRequest delay) {
      interference(json, delay.api(), delay.count());
      number(json, "delay_ms", delay.delayMs());
    } else if (fault instanceof Fault.Refuse refuse) {
      interference(json, refuse.api(), refuse.count());
      text(json, "error", refuse.error());
    } else if (fault instanceof Fault.UncleanElection election) {
      text(json, "elect_topic", election.topic());
      number(json, "elect_partition", election.partition());
    }
  }

  private static void interference(JsonBytes json, String api, int count) {
    text(json, "api", api);
    number(json, "count", count);
  }

  private static void role(Role role, JsonBytes json) {
    if (role instanceof Role.Leader leader) {
      whom(json, "leader", leader.topic(), leader.partition());
    } else if (role instanceof Role.Follower follower) {
      whom(json, "follower", follower.topic(), follower.partition());
      json.name("in_sync");
      json.bool(follower.inSync());
    } else if (role instanceof Role.Followers followers) {
      whom(json, "followers", followers.topic(), followers.partition());
    } else if (role instanceof Role.InSyncReplicas isr) {
      whom(json, "in-sync-replicas", isr.topic(), isr.partition());
    } else if (role instanceof Role.Controller) {
      text(json, "whom", "controller");
    } else if (role instanceof Role.GroupCoordinator coordinator) {
      text(json, "whom", "group-coordinator");
      text(json, "group", coordinator.group());
    } else if (role instanceof Role.TransactionCoordinator coordinator) {
      text(json, "whom", "transaction-coordinator");
      text(json, "transactional_id", coordinator.transactionalId());
    } else if (role instanceof Role.Broker broker) {
      text(json, "whom", "broker");
      number(json, "id", broker.id());
    } else if (role instanceof Role.Client client) {
      text(json, "whom", "client");
      text(json, "name", client.name());
    } else {
      text(json, "whom", role instanceof Role.AllBrokers ? "all-brokers" : "all-clients");
    }
  }

  private static void whom(JsonBytes json, String whom, String topic, int partition) {
    text(json, "whom", whom);
    text(json, "topic", topic);
    number(json, "partition", partition);
  }

  private static void number(JsonBytes json, String name, long value) {
    json.name(name);
    json.number(value);
  }

  private static void text(JsonBytes json, String name, String value) {
    json.name(name);
    json.text(value);
  }

  private static void constant(JsonBytes json, String name, Enum<?> value) {
    json.name(name);
    json.constant(value);
  }

  // ---- reading

  /** Reads one object; the parser stands on its opening brace. */
  static ScheduledFault read(JsonParser parser) throws IOException {
    FaultJson fields = new FaultJson();
    fields.gather(parser);
    try {
      return new ScheduledFault(
          fields.number("at_ms"), fields.number("length_ms"), fields.fault(), fields.role());
    } catch (IllegalArgumentException e) {
      throw new com.fasterxml.jackson.core.JsonParseException(parser, e.getMessage(), e);
    }
  }

  private void gather(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> texts.put(name, parser.getText());
        case VALUE_NUMBER_INT -> numbers.put(name, parser.getLongValue());
        case VALUE_TRUE -> flags.put(name, true);
        case VALUE_FALSE -> flags.put(name, false);
        default -> parser.skipChildren();
      }
    }
  }

  private Fault fault() {
    FaultKind kind = kind(text("kind"));
    return switch (kind) {
      case KILL -> new Fault.Kill();
      case STOP -> new Fault.Stop();
      case PAUSE -> new Fault.Pause();
      case POWER_LOSS -> new Fault.PowerLoss();
      case PARTITION ->
          new Fault.Partition(
              Constants.of(Fault.Side.class, text("side")),
              Constants.of(Fault.Direction.class, text("direction")));
      case HALVES -> new Fault.Halves();
      case LATENCY -> new Fault.Latency(number("delay_ms"), number("jitter_ms"));
      case FREEZE -> new Fault.Freeze(whole("buffer_bytes"));
      case RESET -> new Fault.Reset();
      case DROP_ANSWER -> new Fault.DropAnswer(text("api"), whole("count"));
      case DELAY_ANSWER -> new Fault.DelayAnswer(text("api"), number("delay_ms"), whole("count"));
      case DELAY_REQUEST -> new Fault.DelayRequest(text("api"), number("delay_ms"), whole("count"));
      case REFUSE -> new Fault.Refuse(text("api"), text("error"), whole("count"));
      case UNCLEAN_ELECTION ->
          new Fault.UncleanElection(text("elect_topic"), whole("elect_partition"));
    };
  }

  private static FaultKind kind(String id) {
    for (FaultKind kind : FaultKind.values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no fault is called \"" + id + "\"");
  }

  private Role role() {
    String whom = text("whom");
    return switch (whom) {
      case "leader" -> new Role.Leader(text("topic"), whole("partition"));
      case "follower" -> new Role.Follower(text("topic"), whole("partition"), flag("in_sync"));
      case "followers" -> new Role.Followers(text("topic"), whole("partition"));
      case "in-sync-replicas" -> new Role.InSyncReplicas(text("topic"), whole("partition"));
      case "controller" -> new Role.Controller();
      case "group-coordinator" -> new Role.GroupCoordinator(text("group"));
      case "transaction-coordinator" -> new Role.TransactionCoordinator(text("transactional_id"));
      case "broker" -> new Role.Broker(whole("id"));
      case "client" -> new Role.Client(text("name"));
      case "all-brokers" -> new Role.AllBrokers();
      case "all-clients" -> new Role.AllClients();
      default -> throw new IllegalArgumentException("no role is called \"" + whom + "\"");
    };
  }

  private String text(String name) {
    return present(name, texts.get(name));
  }

  private long number(String name) {
    return present(name, numbers.get(name));
  }

  private int whole(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw new IllegalArgumentException("\"" + name + "\" is too large: " + number);
    }
    return (int) number;
  }

  private boolean flag(String name) {
    return present(name, flags.get(name));
  }

  private static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("the fault has no \"" + name + "\"");
    }
    return value;
  }
}
