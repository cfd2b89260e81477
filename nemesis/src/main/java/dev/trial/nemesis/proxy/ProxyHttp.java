package dev.trial.nemesis.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trial.core.json.ReadableJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Toxiproxy's HTTP interface, as its clients use it: version, proxies, toxics, reset. */
final class ProxyHttp implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String VERSION = "2.12.0";

  static {
    // The JDK's server writes head and body apart; with Nagle's algorithm the second waits for the
    // other side's delayed acknowledgement, 40 ms an answer and two seconds for one slow broker.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ProxyServer proxies;
  private final HttpServer server;

  ProxyHttp(ProxyServer proxies, InetSocketAddress address) throws IOException {
    this.proxies = proxies;
    server = HttpServer.create(address, 0);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What goes back to the caller; a null body is no content. */
  private record Answer(int status, String body) {
    static Answer of(int status, JsonNode node) {
      return new Answer(status, node.toString());
    }

    static Answer error(int status, String message) {
      return of(status, JSON.objectNode().put("error", message).put("status", status));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      if (answer.body == null) {
        exchange.sendResponseHeaders(answer.status, -1);
        return;
      }
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
    String method = exchange.getRequestMethod();
    try {
      JsonNode body = text.isBlank() ? JSON.objectNode() : ReadableJson.parse(text, "body");
      return switch (path[0]) {
        case "version" -> new Answer(200, VERSION);
        case "reset" -> {
          proxies.resetAll();
          yield new Answer(204, null);
        }
        case "proxies" -> path.length == 1 ? root(method, body) : proxy(method, path, body);
        default -> Answer.error(404, "not found: " + path[0]);
      };
    } catch (IllegalStateException e) {
      return Answer.error(409, e.getMessage());
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Answer.error(500, String.valueOf(e.getMessage()));
    }
  }

  private Answer root(String method, JsonNode body) throws IOException {
    if (method.equals("GET")) {
      ObjectNode all = JSON.objectNode();
      proxies.all().forEach(proxy -> all.set(proxy.name(), json(proxy)));
      return Answer.of(200, all);
    }
    String name = body.path("name").asText();
    String listen = body.path("listen").asText();
    int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    boolean kafka = body.path("kafka").asBoolean(false);
    proxies.add(name, port, body.path("upstream").asText(), kafka);
    if (!body.path("enabled").asBoolean(true)) {
      proxies.find(name).disable();
    }
    return Answer.of(201, json(proxies.find(name)));
  }

  private Answer proxy(String method, String[] path, JsonNode body) throws IOException {
    LinkProxy proxy = proxies.find(path[1]);
    if (proxy == null) {
      return Answer.error(404, "proxy not found");
    }
    if (path.length > 2) {
      return path.length == 3 ? toxics(method, proxy, body) : toxic(method, proxy, path[3], body);
    }
    switch (method) {
      case "DELETE" -> {
        proxies.remove(proxy.name());
        return new Answer(204, null);
      }
      case "GET" -> {
        return Answer.of(200, json(proxy));
      }
      default -> {
        update(proxy, body);
        return Answer.of(200, json(proxy));
      }
    }
  }

  private static void update(LinkProxy proxy, JsonNode body) throws IOException {
    if (body.has("listen") && !body.get("listen").asText().equals(proxy.listen())) {
      throw new IllegalArgumentException("a proxy's listener stays where it is");
    }
    if (body.has("upstream")) {
      proxy.setUpstream(body.get("upstream").asText());
    }
    if (body.has("enabled") && body.get("enabled").asBoolean()) {
      proxy.enable();
    } else if (body.has("enabled")) {
      proxy.disable();
    }
  }

  private static Answer toxics(String method, LinkProxy proxy, JsonNode body) {
    if (method.equals("GET")) {
      return Answer.of(200, json(proxy).get("toxics"));
    }
    String type = body.path("type").asText();
    String stream = body.path("stream").asText(Toxic.DOWNSTREAM);
    String name = body.path("name").asText(type + "_" + stream);
    double toxicity = body.path("toxicity").asDouble(1.0);
    Toxic toxic = Toxic.of(name, type, stream, toxicity, attributes(body, Map.of()));
    proxy.add(toxic);
    return Answer.of(200, json(toxic));
  }

  private static Answer toxic(String method, LinkProxy proxy, String name, JsonNode body) {
    Toxic old = proxy.toxics().stream().filter(t -> t.name().equals(name)).findFirst().orElse(null);
    if (old == null) {
      return Answer.error(404, "toxic not found");
    }
    if (method.equals("DELETE")) {
      proxy.remove(name);
      return new Answer(204, null);
    } else if (method.equals("GET")) {
      return Answer.of(200, json(old));
    }
    double toxicity = body.path("toxicity").asDouble(old.toxicity());
    Map<String, String> attributes = attributes(body, old.attributes());
    Toxic changed = Toxic.of(name, old.type(), old.stream(), toxicity, attributes);
    proxy.replace(changed);
    return Answer.of(200, json(changed));
  }

  private static Map<String, String> attributes(JsonNode body, Map<String, String> old) {
    Map<String, String> attributes = new TreeMap<>(old);
    body.path("attributes")
        .properties()
        .forEach(field -> attributes.put(field.getKey(), field.getValue().asText()));
    return attributes;
  }

  private static ObjectNode json(LinkProxy proxy) {
    ObjectNode node = JSON.objectNode();
    node.put("name", proxy.name()).put("listen", proxy.listen()).put("upstream", proxy.upstream());
    node.put("enabled", proxy.enabled()).put("kafka", proxy.kafka());
    ArrayNode toxics = node.putArray("toxics");
    proxy.toxics().forEach(toxic -> toxics.add(json(toxic)));
    return node;
  }

  private static ObjectNode json(Toxic toxic) {
    ObjectNode node = JSON.objectNode();
    node.put("name", toxic.name()).put("type", toxic.type()).put("stream", toxic.stream());
    node.put("toxicity", toxic.toxicity());
    ObjectNode attributes = node.putObject("attributes");
    toxic.attributes().forEach((name, value) -> put(attributes, name, value));
    return node;
  }

  private static void put(ObjectNode attributes, String name, String value) {
    if (value.matches("-?\\d{1,18}")) {
      attributes.put(name, Long.parseLong(value));
    } else {
      attributes.put(name, value);
    }
  }
}
