package dev.trial.sim.realm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** One broker that never fails, one topic, groups of one member; speaks Kafka 2.8. */
public final class ToyBroker implements ToyKernel.Server {
  static final String TOPIC = "t";
  static final int PARTITIONS = 2;

  /** Clients ask for these in the request. */
  private static final int FETCH_WAIT_MS = 100;

  private final List<List<MutableRecordBatch>> logs = new ArrayList<>();
  private final long[] ends = new long[PARTITIONS];
  private final Map<Integer, Long> committed = new TreeMap<>();
  private byte[] assignment = new byte[0];
  private int generation;
  private long nextProducerId = 1000;
  private Delays delays;
  int fetches;

  public ToyBroker() {
    for (int i = 0; i < PARTITIONS; i++) {
      logs.add(new ArrayList<>());
    }
  }

  /** Runs an action later. */
  public interface Delays {
    void after(long delayMs, Runnable action);
  }

  public void attach(Delays host) {
    delays = host;
  }

  public long appended() {
    long sum = 0;
    for (long end : ends) {
      sum += end;
    }
    return sum;
  }

  @Override
  public void handle(ByteBuffer bytes, Consumer<ByteBuffer> answer) {
    RequestHeader header = RequestHeader.parse(bytes);
    short version = header.apiVersion();
    if (header.apiKey() == ApiKeys.API_VERSIONS) {
      boolean known = version <= ApiKeys.API_VERSIONS.latestVersion();
      reply(header, apiVersions(known), known ? version : 0, answer);
      return;
    }
    ApiMessage data = AbstractRequest.parseRequest(header.apiKey(), version, bytes).request.data();
    if (data instanceof FetchRequestData fetch && nothingFor(fetch)) {
      delays.after(FETCH_WAIT_MS, () -> reply(header, fetch(fetch), version, answer));
    } else {
      ApiMessage response = respond(header, data);
      if (response != null) {
        reply(header, response, version, answer);
      }
    }
  }

  private void reply(
      RequestHeader header, ApiMessage body, short version, Consumer<ByteBuffer> answer) {
    short headerVersion = header.apiKey().responseHeaderVersion(version);
    ByteBuffer head = MessageUtil.toByteBuffer(header.toResponseHeader().data(), headerVersion);
    ByteBuffer tail = MessageUtil.toByteBuffer(body, version);
    answer.accept(
        ByteBuffer.allocate(head.remaining() + tail.remaining()).put(head).put(tail).flip());
  }

  private void reply(
      RequestHeader header, ApiMessage body, int version, Consumer<ByteBuffer> answer) {
    reply(header, body, (short) version, answer);
  }

  private ApiMessage respond(RequestHeader header, ApiMessage data) {
    return switch (header.apiKey()) {
      case METADATA -> metadata();
      case INIT_PRODUCER_ID -> new InitProducerIdResponseData().setProducerId(nextProducerId++);
      case PRODUCE -> produce((ProduceRequestData) data);
      case FIND_COORDINATOR ->
          new FindCoordinatorResponseData().setNodeId(1).setHost("broker-1").setPort(9092);
      case JOIN_GROUP -> join((JoinGroupRequestData) data);
      case SYNC_GROUP -> sync((SyncGroupRequestData) data);
      case HEARTBEAT -> new HeartbeatResponseData();
      case LEAVE_GROUP -> new LeaveGroupResponseData();
      case LIST_OFFSETS -> listOffsets((ListOffsetsRequestData) data);
      case OFFSET_FETCH -> offsetFetch((OffsetFetchRequestData) data);
      case OFFSET_COMMIT -> offsetCommit((OffsetCommitRequestData) data);
      case FETCH -> fetch((FetchRequestData) data);
      default -> throw new IllegalStateException("the toy broker does not know " + header);
    };
  }

  private static ApiMessage apiVersions(boolean known) {
    ApiVersionsResponseData response = new ApiVersionsResponseData();
    response.setErrorCode((known ? Errors.NONE : Errors.UNSUPPORTED_VERSION).code());
    for (ApiKeys key : ApiKeys.zkBrokerApis()) {
      response
          .apiKeys()
          .add(
              new ApiVersion()
                  .setApiKey(key.id)
                  .setMinVersion(key.oldestVersion())
                  .setMaxVersion(key.latestVersion()));
    }
    return response;
  }

  private static ApiMessage metadata() {
    MetadataResponseData response =
        new MetadataResponseData().setClusterId("toy").setControllerId(1);
    response
        .brokers()
        .add(
            new MetadataResponseData.MetadataResponseBroker()
                .setNodeId(1)
                .setHost("broker-1")
                .setPort(9092));
    MetadataResponseData.MetadataResponseTopic topic =
        new MetadataResponseData.MetadataResponseTopic().setName(TOPIC);
    for (int i = 0; i < PARTITIONS; i++) {
      topic
          .partitions()
          .add(
              new MetadataResponseData.MetadataResponsePartition()
                  .setPartitionIndex(i)
                  .setLeaderId(1)
                  .setLeaderEpoch(0)
                  .setReplicaNodes(List.of(1))
                  .setIsrNodes(List.of(1)));
    }
    response.topics().add(topic);
    return response;
  }

  private ApiMessage produce(ProduceRequestData request) {
    ProduceResponseData.TopicProduceResponse topic =
        new ProduceResponseData.TopicProduceResponse().setName(TOPIC);
    for (ProduceRequestData.TopicProduceData t : request.topicData()) {
      for (ProduceRequestData.PartitionProduceData p : t.partitionData()) {
        long base = ends[p.index()];
        for (MutableRecordBatch batch : ((MemoryRecords) p.records()).batches()) {
          batch.ensureValid();
          long count = batch.lastOffset() - batch.baseOffset() + 1;
          batch.setLastOffset(ends[p.index()] + count - 1);
          batch.setPartitionLeaderEpoch(0);
          ends[p.index()] += count;
          logs.get(p.index()).add(batch);
        }
        topic
            .partitionResponses()
            .add(
                new ProduceResponseData.PartitionProduceResponse()
                    .setIndex(p.index())
                    .setBaseOffset(base)
                    .setLogStartOffset(0));
      }
    }
    ProduceResponseData response = new ProduceResponseData();
    response.responses().add(topic);
    return request.acks() == 0 ? null : response;
  }

  private boolean nothingFor(FetchRequestData request) {
    for (FetchRequestData.FetchTopic topic : request.topics()) {
      for (FetchRequestData.FetchPartition partition : topic.partitions()) {
        if (partition.fetchOffset() < ends[partition.partition()]) {
          return false;
        }
      }
    }
    return true;
  }

  private ApiMessage fetch(FetchRequestData request) {
    fetches++;
    FetchResponseData.FetchableTopicResponse topic =
        new FetchResponseData.FetchableTopicResponse().setTopic(TOPIC);
    for (FetchRequestData.FetchTopic t : request.topics()) {
      for (FetchRequestData.FetchPartition p : t.partitions()) {
        ByteBufferOutputStream out = new ByteBufferOutputStream(1024);
        for (MutableRecordBatch batch : logs.get(p.partition())) {
          if (batch.lastOffset() >= p.fetchOffset()) {
            batch.writeTo(out);
          }
        }
        out.buffer().flip();
        topic
            .partitionResponses()
            .add(
                new FetchResponseData.FetchablePartitionResponse()
                    .setPartition(p.partition())
                    .setHighWatermark(ends[p.partition()])
                    .setLastStableOffset(ends[p.partition()])
                    .setLogStartOffset(0)
                    .setAbortedTransactions(null)
                    .setRecordSet(MemoryRecords.readableRecords(out.buffer())));
      }
    }
    FetchResponseData response = new FetchResponseData();
    response.responses().add(topic);
    return response;
  }

  private ApiMessage join(JoinGroupRequestData request) {
    if (request.memberId().isEmpty()) {
      return new JoinGroupResponseData()
          .setErrorCode(Errors.MEMBER_ID_REQUIRED.code())
          .setMemberId("member-1");
    }
    JoinGroupRequestData.JoinGroupRequestProtocol protocol = request.protocols().iterator().next();
    JoinGroupResponseData response =
        new JoinGroupResponseData()
            .setGenerationId(++generation)
            .setProtocolType("consumer")
            .setProtocolName(protocol.name())
            .setLeader(request.memberId())
            .setMemberId(request.memberId());
    response
        .members()
        .add(
            new JoinGroupResponseData.JoinGroupResponseMember()
                .setMemberId(request.memberId())
                .setMetadata(protocol.metadata()));
    return response;
  }

  private ApiMessage sync(SyncGroupRequestData request) {
    if (!request.assignments().isEmpty()) {
      assignment = request.assignments().get(0).assignment();
    }
    return new SyncGroupResponseData()
        .setProtocolType("consumer")
        .setProtocolName(request.protocolName())
        .setAssignment(assignment);
  }

  private ApiMessage listOffsets(ListOffsetsRequestData request) {
    ListOffsetsResponseData.ListOffsetsTopicResponse topic =
        new ListOffsetsResponseData.ListOffsetsTopicResponse().setName(TOPIC);
    for (ListOffsetsRequestData.ListOffsetsTopic t : request.topics()) {
      for (ListOffsetsRequestData.ListOffsetsPartition p : t.partitions()) {
        topic
            .partitions()
            .add(
                new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                    .setPartitionIndex(p.partitionIndex())
                    .setLeaderEpoch(0)
                    .setOffset(p.timestamp() == -2 ? 0 : ends[p.partitionIndex()]));
      }
    }
    ListOffsetsResponseData response = new ListOffsetsResponseData();
    response.topics().add(topic);
    return response;
  }

  private ApiMessage offsetFetch(OffsetFetchRequestData request) {
    OffsetFetchResponseData.OffsetFetchResponseTopic topic =
        new OffsetFetchResponseData.OffsetFetchResponseTopic().setName(TOPIC);
    for (int i = 0; i < PARTITIONS; i++) {
      topic
          .partitions()
          .add(
              new OffsetFetchResponseData.OffsetFetchResponsePartition()
                  .setPartitionIndex(i)
                  .setMetadata("")
                  .setCommittedOffset(committed.getOrDefault(i, -1L)));
    }
    OffsetFetchResponseData response = new OffsetFetchResponseData();
    response.topics().add(topic);
    return response;
  }

  private ApiMessage offsetCommit(OffsetCommitRequestData request) {
    OffsetCommitResponseData.OffsetCommitResponseTopic topic =
        new OffsetCommitResponseData.OffsetCommitResponseTopic().setName(TOPIC);
    for (OffsetCommitRequestData.OffsetCommitRequestTopic t : request.topics()) {
      for (OffsetCommitRequestData.OffsetCommitRequestPartition p : t.partitions()) {
        committed.put(p.partitionIndex(), p.committedOffset());
        topic
            .partitions()
            .add(
                new OffsetCommitResponseData.OffsetCommitResponsePartition()
                    .setPartitionIndex(p.partitionIndex()));
      }
    }
    OffsetCommitResponseData response = new OffsetCommitResponseData();
    response.topics().add(topic);
    return response;
  }

  public Map<Integer, Long> committed() {
    return committed;
  }
}
