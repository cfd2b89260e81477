package dev.trial.app.live.answers;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.protocol.ApiMessage;

/** Groups of the classic protocol: joining, staying, leaving, and what is told of them. */
final class GroupQuestions {

  /** A group of one static member that is stable once these questions are asked. */
  static final String GROUP = "stable-group";

  private static final String UNKNOWN_GROUP = "no-such-group";
  private static final String JOINED = "JoinGroup that joins v9";
  private static final byte[] NOTHING = {};

  private GroupQuestions() {}

  static void add(Table table) {
    joins(table);
    members(table);
    member(table);
    descriptions(table);
  }

  private static void joins(Table table) {
    for (int version : new int[] {2, 5, 9}) {
      ask(table, "JoinGroup of no group", version, "", join("").setMemberId(""));
      ask(
          table,
          "JoinGroup of an unknown member",
          version,
          "g1",
          join("g1").setMemberId("stranger"));
      ask(table, "JoinGroup without protocols", version, "g1", noProtocols(join("g1")));
      ask(table, "JoinGroup without type", version, "g1", join("g1").setProtocolType(""));
      ask(
          table,
          "JoinGroup with a short session",
          version,
          "g1",
          join("g1").setSessionTimeoutMs(1));
      ask(
          table,
          "JoinGroup with a long session",
          version,
          "g1",
          join("g1").setSessionTimeoutMs(99_999_999));
    }
    ask(table, "JoinGroup without an id", 9, "g1", join("g1"));
    ask(
        table,
        "JoinGroup of an unknown static member",
        9,
        "g1",
        join("g1").setMemberId("stranger").setGroupInstanceId("one"));
    ask(table, "JoinGroup of a bad instance", 9, "g1", join("g1").setGroupInstanceId("a b"));
    ask(table, "JoinGroup of an empty instance", 9, "g1", join("g1").setGroupInstanceId(""));
    ask(table, "JoinGroup of instance ..", 9, "g1", join("g1").setGroupInstanceId(".."));
    ask(table, "JoinGroup that joins", 9, GROUP, join(GROUP).setGroupInstanceId("one"));
    ask(
        table,
        "SyncGroup that assigns",
        5,
        GROUP,
        scene ->
            sync(GROUP, memberId(scene))
                .setProtocolType("consumer")
                .setProtocolName("range")
                .setAssignments(
                    List.of(
                        new SyncGroupRequestAssignment()
                            .setMemberId(memberId(scene))
                            .setAssignment(Scene.utf8("mine")))));
    ask(
        table,
        "JoinGroup of another type",
        9,
        GROUP,
        join(GROUP).setProtocolType("connect").setGroupInstanceId("two"));
    ask(
        table,
        "JoinGroup of another protocol",
        9,
        GROUP,
        protocol(join(GROUP).setGroupInstanceId("two"), "other"));
    ask(
        table,
        "JoinGroup of a fenced member",
        9,
        GROUP,
        join(GROUP).setMemberId("stranger").setGroupInstanceId("one"));
    ask(
        table,
        "JoinGroup of an unknown member of a group",
        9,
        GROUP,
        join(GROUP).setMemberId("stranger"));
  }

  private static void members(Table table) {
    for (String group : new String[] {"", UNKNOWN_GROUP, GROUP}) {
      String of = " of '" + group + "'";
      ask(
          table,
          "SyncGroup" + of,
          5,
          group,
          sync(group, "stranger").setProtocolType("consumer").setProtocolName("range"));
      ask(table, "SyncGroup before types" + of, 3, group, sync(group, "stranger"));
      ask(table, "SyncGroup without type" + of, 5, group, sync(group, "stranger"));
      ask(table, "Heartbeat" + of, 4, group, heartbeat(group, "stranger"));
      ask(
          table,
          "Heartbeat of an instance" + of,
          4,
          group,
          heartbeat(group, "stranger").setGroupInstanceId("one"));
      ask(
          table,
          "Heartbeat of an unknown instance" + of,
          4,
          group,
          heartbeat(group, "stranger").setGroupInstanceId("two"));
      ask(table, "Heartbeat of nobody" + of, 4, group, heartbeat(group, ""));
      ask(
          table,
          "LeaveGroup" + of,
          1,
          group,
          new LeaveGroupRequestData().setGroupId(group).setMemberId("stranger"));
      ask(
          table,
          "LeaveGroup of several" + of,
          5,
          group,
          leave(
              group,
              identity("stranger", null),
              identity("", "two"),
              identity("stranger", "one"),
              identity("", null)));
      ask(table, "LeaveGroup of none" + of, 5, group, leave(group));
    }
  }

  /** What the one member of the stable group does wrong. */
  private static void member(Table table) {
    ask(
        table,
        "SyncGroup of another generation",
        5,
        GROUP,
        scene ->
            sync(GROUP, memberId(scene))
                .setProtocolType("consumer")
                .setProtocolName("range")
                .setGenerationId(99));
    ask(
        table,
        "SyncGroup of another type",
        5,
        GROUP,
        scene -> sync(GROUP, memberId(scene)).setProtocolType("connect").setProtocolName("range"));
    ask(
        table,
        "SyncGroup of another protocol",
        5,
        GROUP,
        scene -> sync(GROUP, memberId(scene)).setProtocolType("consumer").setProtocolName("other"));
    ask(table, "SyncGroup of neither", 5, GROUP, scene -> sync(GROUP, memberId(scene)));
    ask(
        table,
        "SyncGroup of the member",
        5,
        GROUP,
        scene -> sync(GROUP, memberId(scene)).setProtocolType("consumer").setProtocolName("range"));
    ask(
        table,
        "Heartbeat of another generation",
        4,
        GROUP,
        scene -> heartbeat(GROUP, memberId(scene)).setGenerationId(99));
    ask(
        table,
        "Heartbeat of generation -1",
        4,
        GROUP,
        scene -> heartbeat(GROUP, memberId(scene)).setGenerationId(-1));
    ask(table, "Heartbeat of the member", 4, GROUP, scene -> heartbeat(GROUP, memberId(scene)));
  }

  private static void descriptions(Table table) {
    for (int version : new int[] {4, 5, 6}) {
      for (String group : new String[] {"", UNKNOWN_GROUP, GROUP}) {
        ask(
            table,
            "DescribeGroups of '" + group + "'",
            version,
            group,
            new DescribeGroupsRequestData().setGroups(List.of(group)));
      }
    }
    ask(
        table,
        "DescribeGroups of one twice",
        6,
        UNKNOWN_GROUP,
        new DescribeGroupsRequestData().setGroups(List.of(UNKNOWN_GROUP, UNKNOWN_GROUP)));
    ask(
        table,
        "DeleteGroups of none that is",
        2,
        UNKNOWN_GROUP,
        new DeleteGroupsRequestData().setGroupsNames(List.of(UNKNOWN_GROUP)));
    ask(
        table,
        "DeleteGroups without name",
        2,
        UNKNOWN_GROUP,
        new DeleteGroupsRequestData().setGroupsNames(List.of("")));
    ask(
        table,
        "DeleteGroups of one twice",
        2,
        UNKNOWN_GROUP,
        new DeleteGroupsRequestData().setGroupsNames(List.of(UNKNOWN_GROUP, UNKNOWN_GROUP)));
    ask(
        table,
        "DeleteGroups of one in use",
        2,
        GROUP,
        new DeleteGroupsRequestData().setGroupsNames(List.of(GROUP)));
    table.ask(
        "ListGroups in an unknown state v5",
        5,
        new ListGroupsRequestData().setStatesFilter(List.of("Nowhere")));
    table.ask(
        "ListGroups of an unknown type v5",
        5,
        new ListGroupsRequestData().setTypesFilter(List.of("other")));
  }

  private static void ask(Table table, String what, int version, String group, ApiMessage request) {
    ask(table, what, version, group, scene -> request);
  }

  static void ask(
      Table table,
      String what,
      int version,
      String group,
      java.util.function.Function<Scene, ApiMessage> request) {
    table.ask(what + " v" + version, version, scene -> scene.coordinatorOf(group), request);
  }

  static String memberId(Scene scene) {
    return ((JoinGroupResponseData) scene.answerTo(JOINED)).memberId();
  }

  private static JoinGroupRequestData join(String group) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId(group)
            .setSessionTimeoutMs(300_000)
            .setRebalanceTimeoutMs(1_000)
            .setProtocolType("consumer");
    return protocol(request, "range");
  }

  private static JoinGroupRequestData noProtocols(JoinGroupRequestData request) {
    request.protocols().clear();
    return request;
  }

  private static JoinGroupRequestData protocol(JoinGroupRequestData request, String name) {
    request.protocols().clear();
    request.protocols().add(new JoinGroupRequestProtocol().setName(name).setMetadata(NOTHING));
    return request;
  }

  private static SyncGroupRequestData sync(String group, String member) {
    return new SyncGroupRequestData().setGroupId(group).setMemberId(member).setGenerationId(1);
  }

  private static HeartbeatRequestData heartbeat(String group, String member) {
    return new HeartbeatRequestData().setGroupId(group).setMemberId(member).setGenerationId(1);
  }

  private static LeaveGroupRequestData leave(String group, MemberIdentity... members) {
    return new LeaveGroupRequestData().setGroupId(group).setMembers(Arrays.asList(members));
  }

  private static MemberIdentity identity(String member, String instance) {
    return new MemberIdentity().setMemberId(member).setGroupInstanceId(instance);
  }
}
