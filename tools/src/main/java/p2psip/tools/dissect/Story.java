package p2psip.tools.dissect;

import module java.base;

/// The messages of one call that the guide shows, in the order in which it tells of them.
///
/// @param shots every datagram of the run
/// @param told  those that are shown
record Story(List<Shot> shots, Map<Integer, String> formats, List<Told> told) {

    /// A message to be shown.
    ///
    /// @param id   the name of its page
    /// @param part what it belongs to; within a part messages are in the order in which they left
    /// @param kind as [Shot#kind] has it
    /// @param nth  which of those alike, from 1
    /// @param like the message that it is a copy of, one hop earlier; empty if of none
    private record Scene(String part, String id, String from, String to, String kind, int nth,
            String like) {
        Scene(String part, String id, String from, String to, String kind) {
            this(part, id, from, to, kind, 1, "");
        }

        Scene(String part, String id, String from, String to, String kind, String like) {
            this(part, id, from, to, kind, 1, like);
        }
    }

    /// A message that is shown.
    ///
    /// @param like the same, one hop earlier
    record Told(String part, String id, Shot shot, Optional<Shot> like) {
        /// As the chapter's headings have it.
        String title() { return shot.from() + " → " + shot.to() + ": " + name(shot.kind()); }
    }

    private static final String A = "node A", B = "node B", ALICE = "alice", BOB = "bob";

    private static final List<Scene> SCENES = List.of(
            new Scene("meet", "hello", B, A, "Hello"),
            new Scene("meet", "cookie", A, B, "Cookie"),
            new Scene("meet", "init", B, A, "Init"),
            new Scene("meet", "accept", A, B, "Accept"),
            new Scene("meet", "here", B, A, "frame here"),
            new Scene("register", "register", ALICE, A, "REGISTER"),
            new Scene("register", "challenge", A, ALICE, "401 to REGISTER"),
            new Scene("register", "register-again", ALICE, A, "REGISTER", 2, "register"),
            new Scene("put", "put", A, B, "ring Route Put"),
            new Scene("put", "taken", B, A, "ring Taken", 1, ""),
            new Scene("put", "stored", B, A, "ring Stored"),
            new Scene("put", "registered", A, ALICE, "200 to REGISTER"),
            new Scene("stun", "stun-request", ALICE, A, "STUN request"),
            new Scene("stun", "stun-response", A, ALICE, "STUN response"),
            new Scene("invite", "invite", ALICE, A, "INVITE"),
            new Scene("invite", "trying", A, ALICE, "100 to INVITE"),
            new Scene("invite", "get", A, B, "ring Route Get", 2, ""),
            new Scene("invite", "values", B, A, "ring Values", 2, ""),
            new Scene("invite", "invite-between", A, B, "INVITE", "invite"),
            new Scene("invite", "invite-phone", B, BOB, "INVITE", "invite-between"),
            new Scene("ringing", "ringing", BOB, B, "180 to INVITE"),
            new Scene("ringing", "ringing-between", B, A, "180 to INVITE", "ringing"),
            new Scene("ringing", "ringing-phone", A, ALICE, "180 to INVITE", "ringing-between"),
            new Scene("answer", "answer", BOB, B, "200 to INVITE"),
            new Scene("answer", "answer-between", B, A, "200 to INVITE", "answer"),
            new Scene("answer", "answer-phone", A, ALICE, "200 to INVITE", "answer-between"),
            new Scene("ack", "ack", ALICE, A, "ACK"),
            new Scene("ack", "ack-between", A, B, "ACK", "ack"),
            new Scene("ack", "ack-phone", B, BOB, "ACK", "ack-between"),
            new Scene("media", "sound", BOB, ALICE, "RTP 0"),
            new Scene("media", "key-down", ALICE, BOB, "RTP 101"),
            new Scene("media", "report", ALICE, BOB, "RTCP"),
            new Scene("bye", "bye", ALICE, A, "BYE"),
            new Scene("bye", "goodbye", ALICE, BOB, "RTCP", 2, ""),
            new Scene("bye", "bye-between", A, B, "BYE", "bye"),
            new Scene("bye", "bye-phone", B, BOB, "BYE", "bye-between"),
            new Scene("bye", "over", BOB, B, "200 to BYE"),
            new Scene("bye", "over-between", B, A, "200 to BYE", "over"),
            new Scene("bye", "over-phone", A, ALICE, "200 to BYE", "over-between"));

    static Story of(Recording recording) {
        var shots = recording.shots();
        var shown = new LinkedHashMap<String, Shot>();
        for (var scene : SCENES) shown.put(scene.id, find(shots, scene));
        return new Story(shots, recording.formats(), SCENES.stream().map(scene -> new Told(
                scene.part, scene.id, shown.get(scene.id),
                Optional.ofNullable(shown.get(scene.like)))).toList());
    }

    private static Shot find(List<Shot> shots, Scene scene) {
        return shots.stream().filter(shot -> shot.from().equals(scene.from)
                        && shot.to().equals(scene.to) && shot.kind().equals(scene.kind))
                .skip(scene.nth - 1).findFirst().orElseThrow(() ->
                        new IllegalStateException("this run has no " + scene));
    }

    /// What people call it.
    static String name(String kind) {
        return switch (kind) {
            case "RTP 0" -> "RTP, sound";
            case "RTP 101" -> "RTP, a key";
            case "ring Route Put" -> "Put";
            case "ring Route Get" -> "Get";
            default -> kind.replaceFirst("^(ring|frame) ", "");
        };
    }
}
