package p2psip.tools.dissect;

import module java.base;
import p2psip.app.trace.*;
import p2psip.app.trace.Conversation.Step;

/// The messages of one call of which the guide tells, in the order in which it tells of them.
///
/// @param conversation all that the page shows: the call, and of the ring what the call needs
/// @param everything   every message of the run, the ring's small talk too
/// @param told         those with words of their own
record Story(Conversation conversation, Conversation everything, List<Told> told) {

    /// A message to be told of.
    ///
    /// @param id   the name of its file
    /// @param part what it belongs to; within a part messages are in the order in which they left
    /// @param kind how its summary begins
    /// @param nth  which of those alike, from 1
    private record Scene(String part, String id, String from, String to, String kind, int nth) {
        Scene(String part, String id, String from, String to, String kind) {
            this(part, id, from, to, kind, 1);
        }

        boolean shows(Step step) {
            return !step.isNote() && step.from().equals(from) && step.to().equals(to)
                    && step.shot().summary().startsWith(kind);
        }
    }

    /// A message that is told of.
    record Told(String part, String id, String kind, Step step) {
        /// As the chapter's headings have it.
        String title() { return step.from() + " → " + step.to() + ": " + name(kind); }
    }

    private static final String A = "node A", B = "node B", ALICE = "alice", BOB = "bob";

    private static final List<Scene> SCENES = List.of(
            new Scene("meet", "hello", B, A, "Hello"),
            new Scene("meet", "cookie", A, B, "Cookie"),
            new Scene("meet", "init", B, A, "Init"),
            new Scene("meet", "accept", A, B, "Accept"),
            new Scene("meet", "here", B, A, "here"),
            new Scene("register", "register", ALICE, A, "REGISTER"),
            new Scene("register", "challenge", A, ALICE, "401 Unauthorized (REGISTER)"),
            new Scene("register", "register-again", ALICE, A, "REGISTER", 2),
            new Scene("put", "put", A, B, "Route Put"),
            new Scene("put", "taken", B, A, "Taken"),
            new Scene("put", "stored", B, A, "Stored"),
            new Scene("put", "registered", A, ALICE, "200 OK (REGISTER)"),
            new Scene("stun", "stun-request", ALICE, A, "STUN Binding request"),
            new Scene("stun", "stun-response", A, ALICE, "STUN Binding success"),
            new Scene("invite", "invite", ALICE, A, "INVITE"),
            new Scene("invite", "trying", A, ALICE, "100 Trying (INVITE)"),
            new Scene("invite", "get", A, B, "Route Get", 2),
            new Scene("invite", "values", B, A, "Values", 2),
            new Scene("invite", "invite-between", A, B, "INVITE"),
            new Scene("invite", "invite-phone", B, BOB, "INVITE"),
            new Scene("ringing", "ringing", BOB, B, "180 Ringing (INVITE)"),
            new Scene("ringing", "ringing-between", B, A, "180 Ringing (INVITE)"),
            new Scene("ringing", "ringing-phone", A, ALICE, "180 Ringing (INVITE)"),
            new Scene("answer", "answer", BOB, B, "200 OK (INVITE)"),
            new Scene("answer", "answer-between", B, A, "200 OK (INVITE)"),
            new Scene("answer", "answer-phone", A, ALICE, "200 OK (INVITE)"),
            new Scene("ack", "ack", ALICE, A, "ACK"),
            new Scene("ack", "ack-between", A, B, "ACK"),
            new Scene("ack", "ack-phone", B, BOB, "ACK"),
            new Scene("media", "sound", BOB, ALICE, "RTP PCMU"),
            new Scene("media", "key-down", ALICE, BOB, "RTP key 1"),
            new Scene("media", "report", ALICE, BOB, "RTCP"),
            new Scene("bye", "bye", ALICE, A, "BYE"),
            new Scene("bye", "goodbye", ALICE, BOB, "RTCP", 2),
            new Scene("bye", "bye-between", A, B, "BYE"),
            new Scene("bye", "bye-phone", B, BOB, "BYE"),
            new Scene("bye", "over", BOB, B, "200 OK (BYE)"),
            new Scene("bye", "over-between", B, A, "200 OK (BYE)"),
            new Scene("bye", "over-phone", A, ALICE, "200 OK (BYE)"));

    /// What nodes ask each other all the time, whether somebody calls or not.
    private static final List<String> SMALL_TALK = List.of("ack", "Ask", "Tell", "Route Find",
            "Peers", "Ping", "Pong", "Route Check", "Same", "Copy", "Collect", "Compare", "piece");

    /// States that say what the message beside them says.
    private static final Pattern STATES = Pattern.compile(".* request: .*|TCP .*|dialog .*");

    static Story of(Recording recording) {
        var everything = recording.conversation();
        var scenes = SCENES.stream().map(scene -> find(everything, scene).shot()).toList();
        var conversation = everything.only(step -> step.isNote()
                ? !STATES.matcher(step.text()).matches()
                : scenes.stream().anyMatch(shot -> shot == step.shot())
                        || SMALL_TALK.stream().noneMatch(step.shot().summary()::startsWith));
        return new Story(conversation, everything, SCENES.stream().map(scene -> new Told(scene.part,
                scene.id, scene.kind, find(conversation, scene))).toList());
    }

    private static Step find(Conversation conversation, Scene scene) {
        return conversation.steps().stream().filter(scene::shows)
                .skip(scene.nth - 1).findFirst().orElseThrow(() ->
                        new IllegalStateException("this run has no " + scene));
    }

    /// What people call it.
    static String name(String kind) {
        return switch (kind) {
            case "RTP PCMU" -> "RTP, sound";
            case "RTP key 1" -> "RTP, a key";
            case "Route Put" -> "Put";
            case "Route Get" -> "Get";
            default -> kind;
        };
    }
}
