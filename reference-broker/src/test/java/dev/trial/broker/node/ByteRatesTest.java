package dev.trial.broker.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.metadata.ClientQuotas;
import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ClientQuotaChanged;
import dev.trial.broker.metadata.QuotaEntity;
import dev.trial.broker.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which limit holds for a client, and how long it must be silent (ClientQuotaManager). */
class ByteRatesTest {
  private static final String KEY = "producer_byte_rate";
  private static final String DEFAULT = null;

  /** The closest first, as Kafka looks for them. */
  private static final List<QuotaEntity> BY_PRECEDENCE =
      List.of(
          entity("user", "ANONYMOUS", "client-id", "app"),
          entity("user", "ANONYMOUS", "client-id", DEFAULT),
          entity("user", "ANONYMOUS"),
          entity("user", DEFAULT, "client-id", "app"),
          entity("user", DEFAULT, "client-id", DEFAULT),
          entity("user", DEFAULT),
          entity("client-id", "app"),
          entity("client-id", DEFAULT));

  @Test
  void theClosestLimitCounts() {
    for (int closest = 0; closest < BY_PRECEDENCE.size(); closest++) {
      List<MetadataRecord> records = new ArrayList<>();
      for (int i = closest; i < BY_PRECEDENCE.size(); i++) {
        records.add(new ClientQuotaChanged(BY_PRECEDENCE.get(i), KEY, i + 1.0));
      }
      records.add(new ClientQuotaChanged(entity("client-id", "other"), KEY, 99.0));
      records.add(new ClientQuotaChanged(entity("user", "bob"), KEY, 99.0));
      ClientQuotas quotas = Image.EMPTY.after(0, records).clientQuotas();
      assertEquals(
          (closest + 1) * 10, rates(Map.of()).bytesMax(quotas, "app"), "ten windows of a second");
    }
  }

  @Test
  void aDefaultIsEachClientsOwn() {
    ClientQuotas quotas = quotas(entity("client-id", DEFAULT), 100.0);
    ByteRates rates = rates(Map.of());
    assertTrue(rates.throttleMs(quotas, "loud", 5_000, 1_000) > 0);
    assertEquals(0, rates.throttleMs(quotas, "quiet", 500, 1_000));
    ClientQuotas shared = quotas(entity("user", DEFAULT), 100.0);
    assertTrue(rates.throttleMs(shared, "one", 5_000, 1_000) > 0);
    assertTrue(rates.throttleMs(shared, "other", 1, 1_000) > 0, "of one user");
  }

  /** (O - T) / T * W: 2,000 bytes in a window of 10 s at 100 bytes a second. */
  @Test
  void silenceBringsTheRateBack() {
    ClientQuotas quotas = quotas(entity("client-id", "app"), 100.0);
    ByteRates rates = rates(Map.of());
    assertEquals(0, rates.throttleMs(quotas, "app", 1_000, 5_000));
    assertEquals(10_000, rates.throttleMs(quotas, "app", 1_000, 5_000));
    rates.takeBack(quotas, "app", 1_000, 5_000);
    assertEquals(0, rates.throttleMs(quotas, "app", 0, 5_000), "what was not sent does not count");
    assertEquals(0, rates.throttleMs(quotas, "app", 1_000, 16_000), "the old is out of the window");
    assertEquals(
        0, rates(Map.of("quota.window.num", "21")).throttleMs(quotas, "app", 2_000, 5_000));
  }

  @Test
  void withoutALimitNothingIsThrottled() {
    ClientQuotas quotas = quotas(entity("client-id", "other"), 1.0);
    assertEquals(0, rates(Map.of()).throttleMs(quotas, "app", Long.MAX_VALUE, 0));
    assertEquals(Integer.MAX_VALUE, rates(Map.of()).bytesMax(quotas, "app"));
    assertEquals(0, rates(Map.of()).throttleMs(ClientQuotas.NONE, null, 1, 0));
  }

  private static ByteRates rates(Map<String, String> settings) {
    return new ByteRates(KEY, new BrokerSettings(settings));
  }

  private static ClientQuotas quotas(QuotaEntity entity, double value) {
    return Image.EMPTY.after(0, List.of(new ClientQuotaChanged(entity, KEY, value))).clientQuotas();
  }

  private static QuotaEntity entity(String... kindsAndNames) {
    TreeMap<String, String> parts = new TreeMap<>();
    for (int i = 0; i < kindsAndNames.length; i += 2) {
      parts.put(kindsAndNames[i], kindsAndNames[i + 1]);
    }
    return new QuotaEntity(parts);
  }
}
