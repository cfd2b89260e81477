package dev.trial.broker.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * All settings of a broker of Kafka 4.3.1 that are not internal, as it describes them: their kinds,
 * whether they can be changed while it runs, and their defaults.
 */
public final class BrokerConfigTable {
  private static final SortedMap<String, Row> ROWS = new TreeMap<>();

  /** Name, kind, when it can be changed, and "=" with the default if there is one. */
  private static final String TABLE =
      """
      add.partitions.to.txn.retry.backoff.max.ms INT read-only =100
      add.partitions.to.txn.retry.backoff.ms INT read-only =20
      advertised.listeners LIST read-only
      alter.config.policy.class.name CLASS read-only
      alter.log.dirs.replication.quota.window.num INT read-only =11
      alter.log.dirs.replication.quota.window.size.seconds INT read-only =1
      authorizer.class.name STRING read-only =
      auto.create.topics.enable BOOLEAN read-only =true
      auto.leader.rebalance.enable BOOLEAN read-only =true
      background.threads INT dynamic =10
      broker.heartbeat.interval.ms INT read-only =2000
      broker.id INT read-only =-1
      broker.rack STRING read-only
      broker.session.timeout.ms INT read-only =9000
      client.quota.callback.class CLASS read-only
      compression.gzip.level INT dynamic =-1
      compression.lz4.level INT dynamic =9
      compression.type STRING dynamic =producer
      compression.zstd.level INT dynamic =3
      config.providers LIST dynamic =
      connection.failed.authentication.delay.ms INT read-only =100
      connections.max.idle.ms LONG read-only =600000
      connections.max.reauth.ms LONG read-only =0
      controlled.shutdown.enable BOOLEAN read-only =true
      controller.listener.names LIST read-only
      controller.quorum.append.linger.ms INT read-only =25
      controller.quorum.auto.join.enable BOOLEAN read-only =false
      controller.quorum.bootstrap.servers LIST read-only =
      controller.quorum.election.backoff.max.ms INT read-only =1000
      controller.quorum.election.timeout.ms INT read-only =1000
      controller.quorum.fetch.max.bytes INT read-only =1048576
      controller.quorum.fetch.snapshot.max.bytes INT read-only =1048576
      controller.quorum.fetch.timeout.ms INT read-only =2000
      controller.quorum.request.timeout.ms INT read-only =2000
      controller.quorum.retry.backoff.ms INT read-only =20
      controller.quorum.voters LIST read-only =
      controller.quota.window.num INT read-only =11
      controller.quota.window.size.seconds INT read-only =1
      controller.socket.timeout.ms INT read-only =30000
      cordoned.log.dirs LIST dynamic =
      create.topic.policy.class.name CLASS read-only
      default.replication.factor INT read-only =1
      delegation.token.expiry.check.interval.ms LONG read-only =3600000
      delegation.token.expiry.time.ms LONG read-only =86400000
      delegation.token.max.lifetime.ms LONG read-only =604800000
      delegation.token.secret.key PASSWORD read-only
      delete.records.purgatory.purge.interval.requests INT read-only =1
      delete.topic.enable BOOLEAN read-only =true
      early.start.listeners LIST read-only
      fetch.max.bytes INT read-only =57671680
      fetch.purgatory.purge.interval.requests INT read-only =1000
      follower.fetch.last.tiered.offset.enable BOOLEAN dynamic =false
      group.consumer.assignment.interval.ms INT dynamic =1000
      group.consumer.assignors LIST read-only =uniform,range
      group.consumer.heartbeat.interval.ms INT read-only =5000
      group.consumer.max.assignment.interval.ms INT read-only =15000
      group.consumer.max.heartbeat.interval.ms INT read-only =15000
      group.consumer.max.session.timeout.ms INT read-only =60000
      group.consumer.max.size INT read-only =2147483647
      group.consumer.migration.policy STRING read-only =bidirectional
      group.consumer.min.assignment.interval.ms INT read-only =0
      group.consumer.min.heartbeat.interval.ms INT read-only =5000
      group.consumer.min.session.timeout.ms INT read-only =45000
      group.consumer.session.timeout.ms INT read-only =45000
      group.coordinator.append.linger.ms INT read-only =-1
      group.coordinator.background.threads INT read-only =2
      group.coordinator.cached.buffer.max.bytes INT dynamic =1048588
      group.coordinator.rebalance.protocols LIST read-only =classic,consumer,streams
      group.coordinator.threads INT read-only =4
      group.initial.rebalance.delay.ms INT read-only =3000
      group.max.session.timeout.ms INT read-only =1800000
      group.max.size INT read-only =2147483647
      group.min.session.timeout.ms INT read-only =6000
      group.share.assignment.interval.ms INT dynamic =1000
      group.share.assignors LIST read-only =simple
      group.share.delivery.count.limit INT read-only =5
      group.share.heartbeat.interval.ms INT read-only =5000
      group.share.max.assignment.interval.ms INT read-only =15000
      group.share.max.delivery.count.limit INT read-only =10
      group.share.max.heartbeat.interval.ms INT read-only =15000
      group.share.max.partition.max.record.locks INT read-only =4000
      group.share.max.record.lock.duration.ms INT read-only =60000
      group.share.max.session.timeout.ms INT read-only =60000
      group.share.max.share.sessions INT read-only =2000
      group.share.max.size INT read-only =200
      group.share.min.assignment.interval.ms INT read-only =0
      group.share.min.delivery.count.limit INT read-only =2
      group.share.min.heartbeat.interval.ms INT read-only =5000
      group.share.min.partition.max.record.locks INT read-only =100
      group.share.min.record.lock.duration.ms INT read-only =15000
      group.share.min.session.timeout.ms INT read-only =45000
      group.share.partition.max.record.locks INT read-only =2000
      group.share.record.lock.duration.ms INT read-only =30000
      group.share.session.timeout.ms INT read-only =45000
      group.streams.assignment.interval.ms INT dynamic =1000
      group.streams.heartbeat.interval.ms INT read-only =5000
      group.streams.initial.rebalance.delay.ms INT read-only =3000
      group.streams.max.assignment.interval.ms INT read-only =15000
      group.streams.max.heartbeat.interval.ms INT read-only =15000
      group.streams.max.session.timeout.ms INT read-only =60000
      group.streams.max.size INT read-only =2147483647
      group.streams.max.standby.replicas INT read-only =2
      group.streams.min.assignment.interval.ms INT read-only =0
      group.streams.min.heartbeat.interval.ms INT read-only =5000
      group.streams.min.session.timeout.ms INT read-only =45000
      group.streams.num.standby.replicas INT read-only =0
      group.streams.session.timeout.ms INT read-only =45000
      initial.broker.registration.timeout.ms INT read-only =60000
      inter.broker.listener.name STRING read-only
      kafka.metrics.polling.interval.secs INT read-only =10
      kafka.metrics.reporters LIST read-only =
      leader.imbalance.check.interval.seconds LONG read-only =300
      listener.security.protocol.map STRING dynamic =SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT
      listeners LIST dynamic =PLAINTEXT://:9092
      log.cleaner.backoff.ms LONG dynamic =15000
      log.cleaner.dedupe.buffer.size LONG dynamic =134217728
      log.cleaner.delete.retention.ms LONG dynamic =86400000
      log.cleaner.enable BOOLEAN read-only =true
      log.cleaner.io.buffer.load.factor DOUBLE dynamic =0.9
      log.cleaner.io.buffer.size INT dynamic =524288
      log.cleaner.io.max.bytes.per.second DOUBLE dynamic =1.7976931348623157E308
      log.cleaner.max.compaction.lag.ms LONG dynamic =9223372036854775807
      log.cleaner.min.cleanable.ratio DOUBLE dynamic =0.5
      log.cleaner.min.compaction.lag.ms LONG dynamic =0
      log.cleaner.threads INT dynamic =1
      log.cleanup.policy LIST dynamic =delete
      log.dir LIST read-only =/tmp/kafka-logs
      log.dir.failure.timeout.ms LONG read-only =30000
      log.dirs LIST read-only
      log.flush.interval.messages LONG dynamic =9223372036854775807
      log.flush.interval.ms LONG dynamic
      log.flush.offset.checkpoint.interval.ms INT read-only =60000
      log.flush.scheduler.interval.ms LONG read-only =9223372036854775807
      log.flush.start.offset.checkpoint.interval.ms INT read-only =60000
      log.index.interval.bytes INT dynamic =4096
      log.index.size.max.bytes INT dynamic =10485760
      log.local.retention.bytes LONG dynamic =-2
      log.local.retention.ms LONG dynamic =-2
      log.message.timestamp.after.max.ms LONG dynamic =3600000
      log.message.timestamp.before.max.ms LONG dynamic =9223372036854775807
      log.message.timestamp.type STRING dynamic =CreateTime
      log.preallocate BOOLEAN dynamic =false
      log.retention.bytes LONG dynamic =-1
      log.retention.check.interval.ms LONG read-only =300000
      log.retention.hours INT read-only =168
      log.retention.minutes INT read-only
      log.retention.ms LONG dynamic
      log.roll.hours INT read-only =168
      log.roll.jitter.hours INT read-only =0
      log.roll.jitter.ms LONG dynamic
      log.roll.ms LONG dynamic
      log.segment.bytes INT dynamic =1073741824
      log.segment.delete.delay.ms LONG dynamic =60000
      max.connection.creation.rate INT dynamic =2147483647
      max.connections INT dynamic =2147483647
      max.connections.per.ip INT dynamic =2147483647
      max.connections.per.ip.overrides STRING dynamic =
      max.incremental.fetch.session.cache.slots INT read-only =1000
      max.request.partition.size.limit INT read-only =2000
      message.max.bytes INT dynamic =1048588
      metadata.log.dir STRING read-only
      metadata.log.max.record.bytes.between.snapshots LONG read-only =20971520
      metadata.log.max.snapshot.interval.ms LONG read-only =3600000
      metadata.log.segment.bytes INT read-only =1073741824
      metadata.log.segment.ms LONG read-only =604800000
      metadata.max.idle.interval.ms INT read-only =500
      metadata.max.retention.bytes LONG read-only =104857600
      metadata.max.retention.ms LONG read-only =604800000
      metric.reporters LIST dynamic =org.apache.kafka.common.metrics.JmxReporter
      metrics.num.samples INT read-only =2
      metrics.recording.level STRING read-only =INFO
      metrics.sample.window.ms LONG read-only =30000
      min.insync.replicas INT dynamic =1
      node.id INT read-only
      num.io.threads INT dynamic =8
      num.network.threads INT dynamic =3
      num.partitions INT read-only =1
      num.recovery.threads.per.data.dir INT dynamic =2
      num.replica.alter.log.dirs.threads INT read-only
      num.replica.fetchers INT dynamic =1
      offset.metadata.max.bytes INT read-only =4096
      offsets.commit.timeout.ms INT read-only =5000
      offsets.load.buffer.size INT read-only =5242880
      offsets.retention.check.interval.ms LONG read-only =600000
      offsets.retention.minutes INT read-only =10080
      offsets.topic.compression.codec INT read-only =0
      offsets.topic.num.partitions INT read-only =50
      offsets.topic.replication.factor SHORT read-only =3
      offsets.topic.segment.bytes INT read-only =104857600
      principal.builder.class CLASS dynamic =org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder
      process.roles LIST read-only
      producer.id.expiration.ms INT dynamic =86400000
      producer.purgatory.purge.interval.requests INT read-only =1000
      queued.max.request.bytes LONG read-only =-1
      queued.max.requests INT read-only =500
      quota.window.num INT read-only =11
      quota.window.size.seconds INT read-only =1
      remote.fetch.max.wait.ms INT dynamic =500
      remote.list.offsets.request.timeout.ms LONG dynamic =30000
      remote.log.index.file.cache.total.size.bytes LONG dynamic =1073741824
      remote.log.manager.copier.thread.pool.size INT dynamic =10
      remote.log.manager.copy.max.bytes.per.second LONG dynamic =9223372036854775807
      remote.log.manager.copy.quota.window.num INT read-only =11
      remote.log.manager.copy.quota.window.size.seconds INT read-only =1
      remote.log.manager.expiration.thread.pool.size INT dynamic =10
      remote.log.manager.fetch.max.bytes.per.second LONG dynamic =9223372036854775807
      remote.log.manager.fetch.quota.window.num INT read-only =11
      remote.log.manager.fetch.quota.window.size.seconds INT read-only =1
      remote.log.manager.follower.thread.pool.size INT dynamic =2
      remote.log.manager.task.interval.ms LONG read-only =30000
      remote.log.manager.thread.pool.size INT read-only =2
      remote.log.metadata.custom.metadata.max.bytes INT read-only =128
      remote.log.metadata.manager.class.name STRING read-only =org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager
      remote.log.metadata.manager.class.path STRING read-only
      remote.log.metadata.manager.impl.prefix STRING read-only =rlmm.config.
      remote.log.metadata.manager.listener.name STRING read-only
      remote.log.reader.max.pending.tasks INT read-only =100
      remote.log.reader.threads INT dynamic =10
      remote.log.storage.manager.class.name STRING read-only
      remote.log.storage.manager.class.path STRING read-only
      remote.log.storage.manager.impl.prefix STRING read-only =rsm.config.
      remote.log.storage.system.enable BOOLEAN read-only =false
      replica.fetch.backoff.ms INT read-only =1000
      replica.fetch.max.bytes INT read-only =1048576
      replica.fetch.min.bytes INT read-only =1
      replica.fetch.response.max.bytes INT read-only =10485760
      replica.fetch.wait.max.ms INT read-only =500
      replica.high.watermark.checkpoint.interval.ms LONG read-only =5000
      replica.lag.time.max.ms LONG read-only =30000
      replica.selector.class STRING read-only
      replica.socket.receive.buffer.bytes INT read-only =65536
      replica.socket.timeout.ms INT read-only =30000
      replication.quota.window.num INT read-only =11
      replication.quota.window.size.seconds INT read-only =1
      request.timeout.ms INT read-only =30000
      sasl.client.callback.handler.class CLASS read-only
      sasl.enabled.mechanisms LIST dynamic =GSSAPI
      sasl.jaas.config PASSWORD dynamic
      sasl.kerberos.kinit.cmd STRING dynamic =/usr/bin/kinit
      sasl.kerberos.min.time.before.relogin LONG dynamic =60000
      sasl.kerberos.principal.to.local.rules LIST dynamic =DEFAULT
      sasl.kerberos.service.name STRING dynamic
      sasl.kerberos.ticket.renew.jitter DOUBLE dynamic =0.05
      sasl.kerberos.ticket.renew.window.factor DOUBLE dynamic =0.8
      sasl.login.callback.handler.class CLASS read-only
      sasl.login.class CLASS read-only
      sasl.login.connect.timeout.ms INT read-only
      sasl.login.read.timeout.ms INT read-only
      sasl.login.refresh.buffer.seconds SHORT dynamic =300
      sasl.login.refresh.min.period.seconds SHORT dynamic =60
      sasl.login.refresh.window.factor DOUBLE dynamic =0.8
      sasl.login.refresh.window.jitter DOUBLE dynamic =0.05
      sasl.login.retry.backoff.max.ms LONG read-only =10000
      sasl.login.retry.backoff.ms LONG read-only =100
      sasl.mechanism.controller.protocol STRING read-only =GSSAPI
      sasl.mechanism.inter.broker.protocol STRING dynamic =GSSAPI
      sasl.oauthbearer.assertion.algorithm STRING read-only =RS256
      sasl.oauthbearer.assertion.claim.aud STRING read-only
      sasl.oauthbearer.assertion.claim.exp.seconds INT read-only =300
      sasl.oauthbearer.assertion.claim.iss STRING read-only
      sasl.oauthbearer.assertion.claim.jti.include BOOLEAN read-only =false
      sasl.oauthbearer.assertion.claim.nbf.seconds INT read-only =60
      sasl.oauthbearer.assertion.claim.sub STRING read-only
      sasl.oauthbearer.assertion.file STRING read-only
      sasl.oauthbearer.assertion.private.key.file STRING read-only
      sasl.oauthbearer.assertion.private.key.passphrase PASSWORD read-only
      sasl.oauthbearer.assertion.template.file STRING read-only
      sasl.oauthbearer.client.credentials.client.id STRING read-only
      sasl.oauthbearer.client.credentials.client.secret PASSWORD read-only
      sasl.oauthbearer.clock.skew.seconds INT read-only =30
      sasl.oauthbearer.expected.audience LIST read-only =
      sasl.oauthbearer.expected.issuer STRING read-only
      sasl.oauthbearer.jwks.endpoint.refresh.ms LONG read-only =3600000
      sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms LONG read-only =10000
      sasl.oauthbearer.jwks.endpoint.retry.backoff.ms LONG read-only =100
      sasl.oauthbearer.jwks.endpoint.url STRING read-only
      sasl.oauthbearer.jwt.retriever.class CLASS read-only =org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever
      sasl.oauthbearer.jwt.validator.class CLASS read-only =org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator
      sasl.oauthbearer.scope STRING read-only
      sasl.oauthbearer.scope.claim.name STRING read-only =scope
      sasl.oauthbearer.sub.claim.name STRING read-only =sub
      sasl.oauthbearer.token.endpoint.url STRING read-only
      sasl.server.callback.handler.class CLASS read-only
      sasl.server.max.receive.size INT read-only =524288
      security.inter.broker.protocol STRING read-only =PLAINTEXT
      security.providers STRING read-only
      share.coordinator.append.linger.ms INT read-only =-1
      share.coordinator.cached.buffer.max.bytes INT dynamic =1048588
      share.coordinator.load.buffer.size INT read-only =5242880
      share.coordinator.snapshot.update.records.per.snapshot INT read-only =500
      share.coordinator.state.topic.compression.codec INT read-only =0
      share.coordinator.state.topic.min.isr SHORT read-only =2
      share.coordinator.state.topic.num.partitions INT read-only =50
      share.coordinator.state.topic.replication.factor SHORT read-only =3
      share.coordinator.state.topic.segment.bytes INT read-only =104857600
      share.coordinator.threads INT read-only =1
      share.coordinator.write.timeout.ms INT read-only =5000
      share.fetch.purgatory.purge.interval.requests INT read-only =1000
      socket.connection.setup.timeout.max.ms LONG read-only =30000
      socket.connection.setup.timeout.ms LONG read-only =10000
      socket.listen.backlog.size INT read-only =50
      socket.receive.buffer.bytes INT read-only =102400
      socket.request.max.bytes INT read-only =104857600
      socket.send.buffer.bytes INT read-only =102400
      ssl.allow.dn.changes BOOLEAN read-only =false
      ssl.allow.san.changes BOOLEAN read-only =false
      ssl.cipher.suites LIST dynamic =
      ssl.client.auth STRING dynamic =none
      ssl.enabled.protocols LIST dynamic =TLSv1.2,TLSv1.3
      ssl.endpoint.identification.algorithm STRING dynamic =https
      ssl.engine.factory.class CLASS dynamic
      ssl.key.password PASSWORD dynamic
      ssl.keymanager.algorithm STRING dynamic =SunX509
      ssl.keystore.certificate.chain PASSWORD dynamic
      ssl.keystore.key PASSWORD dynamic
      ssl.keystore.location STRING dynamic
      ssl.keystore.password PASSWORD dynamic
      ssl.keystore.type STRING dynamic =JKS
      ssl.principal.mapping.rules STRING read-only =DEFAULT
      ssl.protocol STRING dynamic =TLSv1.3
      ssl.provider STRING dynamic
      ssl.secure.random.implementation STRING dynamic
      ssl.trustmanager.algorithm STRING dynamic =PKIX
      ssl.truststore.certificates PASSWORD dynamic
      ssl.truststore.location STRING dynamic
      ssl.truststore.password PASSWORD dynamic
      ssl.truststore.type STRING dynamic =JKS
      telemetry.max.bytes INT read-only =1048576
      transaction.abort.timed.out.transaction.cleanup.interval.ms INT read-only =10000
      transaction.max.timeout.ms INT read-only =900000
      transaction.partition.verification.enable BOOLEAN dynamic =true
      transaction.remove.expired.transaction.cleanup.interval.ms INT read-only =3600000
      transaction.state.log.load.buffer.size INT read-only =5242880
      transaction.state.log.min.isr INT read-only =2
      transaction.state.log.num.partitions INT read-only =50
      transaction.state.log.replication.factor SHORT read-only =3
      transaction.state.log.segment.bytes INT read-only =104857600
      transaction.two.phase.commit.enable BOOLEAN read-only =false
      transactional.id.expiration.ms INT read-only =604800000
      unclean.leader.election.enable BOOLEAN dynamic =false
      """;

  static {
    TABLE.lines().forEach(BrokerConfigTable::read);
  }

  /**
   * What is known of a setting.
   *
   * @param dynamic whether it can be changed while the broker runs (KIP-226)
   * @param otherwise its default in words; null if it has none
   */
  public record Row(Type type, boolean dynamic, String otherwise) {}

  private BrokerConfigTable() {}

  private static void read(String line) {
    String[] fields = line.split(" ", 4);
    String otherwise = fields.length < 4 ? null : fields[3].substring(1);
    Row row = new Row(Type.valueOf(fields[1]), fields[2].equals("dynamic"), otherwise);
    ROWS.put(fields[0], row);
  }

  /** All, by name. */
  public static SortedMap<String, Row> rows() {
    return Collections.unmodifiableSortedMap(ROWS);
  }
}
