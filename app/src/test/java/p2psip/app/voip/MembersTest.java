package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// A conference with a peer that says by header fields who is in it, as the telephone does that
/// this one descends from, and knows no events.
class MembersTest {
    private static final String SDP = MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n");
    private static final Pattern TAG = Pattern.compile("(?m)^Conf-ID: [^;]+;from=(\\d+)");

    private final MachineRoom room =
            new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1").calls(8).meeting(), 42);

    private String last(String method) {
        return room.sip.stream().filter(text -> text.startsWith(method)).toList().getLast();
    }

    private List<String> invited() {
        return room.sip.stream().filter(text -> text.startsWith("INVITE "))
                .map(text -> text.substring(7, text.indexOf(" SIP/2.0"))).distinct().toList();
    }

    private static String tag(String message) {
        var found = TAG.matcher(message);
        assertThat(found.find()).as(message).isTrue();
        return found.group(1);
    }

    private void called(String more) {
        room.request("INVITE", "application/sdp\r\nConf-ID: 7278;from=111" + more, SDP);
        room.run(100);
    }

    private void acknowledge(String id, String... members) {
        room.request("ACK", "text/plain\r\nConf-ID: " + id + Stream.of(members)
                .map(member -> "\r\nConf-Member: " + member).collect(Collectors.joining()), "x");
        room.run(100);
    }

    @Test void who_is_brought_calls_all_that_the_ack_names() {
        called("");
        var ok = last("SIP/2.0 200");
        assertThat(ok).contains(";to=111\r\n").doesNotContain("Conf-Member");
        acknowledge("7278;from=111", "<sip:carol@10.0.0.3>;tag=333",
                "\"D\" <sip:dave@10.0.0.4>", "<sip:alice@10.0.0.1>;tag=5", "nonsense");
        assertThat(invited()).containsExactly("sip:carol@10.0.0.3", "sip:dave@10.0.0.4");
        assertThat(last("INVITE sip:carol")).contains(
                "\r\nConf-ID: 7278;from=" + tag(ok) + ";to=333\r\n",
                "\r\nInvited-By: <sip:bob@10.0.0.2>;tag=111\r\n");
        assertThat(last("INVITE sip:dave")).contains(
                "\r\nConf-ID: 7278;from=" + tag(ok) + "\r\n");
    }

    /// The name of a conference is what lets somebody in.
    @Test void members_of_another_conference_are_nobody_here() {
        called("");
        acknowledge("9999;from=111", "<sip:carol@10.0.0.3>;tag=333");
        assertThat(invited()).isEmpty();
    }

    @Test void a_hostile_list_is_cut() {
        called("");
        acknowledge("7278;from=111", IntStream.range(0, 500).mapToObj(i ->
                "<sip:x" + i + "@10.0.0.3>").toArray(String[]::new));
        assertThat(invited()).hasSize(Mesh.MAX - 2);
    }

    /// Whoever has taken our call may be in it with others already.
    @Test void who_brings_somebody_hears_with_whom_he_talks_and_says_so_himself() {
        room.command(new PhoneCommand.Meet(1, "sip:bob@10.0.0.2"));
        room.run(100);
        var invite = last("INVITE ");
        var id = invite.replaceFirst("(?s).*\\nConf-ID: ([^;]+);.*", "$1");
        room.respond("200 OK\r\nConf-ID: " + id + ";from=222;to=" + tag(invite)
                + "\r\nConf-Member: <sip:carol@10.0.0.3>;tag=333", SDP);
        room.run(100);
        assertThat(last("ACK ")).contains("\r\nConf-ID: " + id + ";from=" + tag(invite));
        assertThat(invited()).containsExactly("sip:bob@10.0.0.2", "sip:carol@10.0.0.3");
        assertThat(last("INVITE sip:carol")).contains(
                "\r\nConf-ID: " + id + ";from=" + tag(invite) + ";to=333\r\n",
                "\r\nInvited-By: <sip:bob@10.0.0.2>;tag=222\r\n");
    }

    /// One more who comes in reads in the 2xx who is there.
    @Test void who_comes_in_is_told_who_is_there() {
        called("");
        acknowledge("7278;from=111");
        room.sip.clear();
        room.from = Optional.of("sip:erin@10.0.0.5");
        room.again("e");
        called("\r\nInvited-By: <sip:bob@10.0.0.2>;tag=111");
        assertThat(last("SIP/2.0 200")).contains(
                "\r\nConf-Member: <sip:bob@10.0.0.2>;tag=111\r\n");
    }

    //= rfc4575#8.2-3 of who asks for privacy the URI is revealed to nobody
    @Test void who_wants_to_be_hidden_is_named_to_nobody() {
        called("\r\nPrivacy: id");
        acknowledge("7278;from=111");
        room.from = Optional.of("sip:erin@10.0.0.5");
        room.again("e");
        called("\r\nInvited-By: <sip:bob@10.0.0.2>;tag=111");
        assertThat(last("SIP/2.0 200")).contains("Conf-ID: 7278").doesNotContain("Conf-Member");
    }

    /// A peer that knows no conference events is asked for them once.
    @Test void who_tells_nobody_who_is_there_is_not_asked_again_and_again() {
        called("");
        acknowledge("7278;from=111");
        var asked = last("SUBSCRIBE ");
        assertThat(asked).contains("Event: conference");
        room.respond("489 Bad Event", "");
        room.run(5_000);
        assertThat(room.sip.stream().filter(text -> text.startsWith("SUBSCRIBE ")
                && text.contains("Event: conference")).map(text -> text.replaceFirst(
                        "(?s).*\\nCall-ID: (\\S+).*", "$1")).distinct()).hasSize(1);
    }
}
