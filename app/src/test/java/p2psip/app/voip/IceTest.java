package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.host.Effect;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message;

/// A phone and one peer whose ICE is driven by hand: what is said in SDP, what is checked, and
/// where sound goes.
class IceTest {
    private static final InetSocketAddress STRANGER = MachineRoom.address("10.0.0.9", 9000);
    private static final String PLAIN = "m=audio 4000 RTP/AVP 0\n";

    private final MachineRoom room = new MachineRoom(IceOptions.ALONE);

    private List<Effect.Datagram> sound(InetSocketAddress to) {
        return room.media.stream().filter(d -> d.remote().equals(to)
                && !Message.isStun(d.bytes())).toList();
    }

    private List<String> lines() {
        return room.descriptions().getLast().toString().lines().toList();
    }

    private List<String> lines(String begin) {
        return lines().stream().filter(line -> line.startsWith(begin)).toList();
    }

    /// The peer calls, both find their way, and talk.
    private IcePeer called(boolean lite) {
        var peer = new IcePeer(room, lite, true);
        room.request("INVITE", peer.sdp());
        peer.listen();
        room.request("ACK", "");
        peer.run(500);
        return peer;
    }

    @Test void who_is_called_answers_with_ice() {
        var peer = called(false);
        //= rfc8839#4.3.2-1,2 the answer has its candidates, ice-ufrag, ice-pwd and ice2
        assertThat(lines("a=candidate:")).hasSize(2).allMatch(line -> line.contains("10.0.0.1"));
        assertThat(lines("a=ice-ufrag:")).hasSize(1);
        assertThat(lines("a=ice-pwd:")).hasSize(1);
        assertThat(lines()).contains("a=ice-options:ice2", "a=ice-pacing:50");
        assertThat(peer.agent.state()).isEqualTo(Agent.State.COMPLETED);
        assertThat(peer.agent.role()).isEqualTo(Role.CONTROLLING);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
        assertThat(room.news(News.Way.class)).containsExactly(new News.Way(room.number(),
                room.sound(), MachineRoom.SOUND, false));
    }

    @Test void nothing_is_said_where_no_check_has_been_answered() {
        var peer = new IcePeer(room, false, true);
        peer.deaf = true;
        room.request("INVITE", peer.sdp());
        peer.listen();
        room.request("ACK", "");
        peer.run(2_000);
        //= rfc8839#7.1.1-5,6 the answer sent there are checks, and no media before they succeed
        assertThat(room.media).isNotEmpty().allMatch(d -> Message.isStun(d.bytes()));
        peer.deaf = false;
        peer.run(2_000);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    //= rfc8445#6.1.1-2 lite and full: the full agent is controlling
    @Test void a_lite_peer_is_led() {
        var peer = called(true);
        assertThat(lines()).doesNotContain("a=ice-lite");
        assertThat(peer.agent.role()).isEqualTo(Role.CONTROLLED);
        assertThat(peer.selected).hasSize(2);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    /// The phone calls, and is answered.
    private void calls(boolean checks, UnaryOperator<String> answer) {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var peer = new IcePeer(room, false, false);
        if (checks) peer.listen();
        room.respond("200 OK", answer.apply(peer.sdp()));
        peer.run(500);
    }

    @Test void who_calls_offers_ice() {
        calls(true, sdp -> sdp);
        //= rfc8839#4.3.1-1,2 the offer has candidates, ice-ufrag and ice-pwd
        assertThat(lines("a=candidate:")).containsExactly(
                "a=candidate:1 1 UDP 2130706431 10.0.0.1 " + room.sound().getPort() + " typ host",
                "a=candidate:1 2 UDP 2130706430 10.0.0.1 " + (room.sound().getPort() + 1)
                        + " typ host");
        assertThat(lines()).contains("a=rtcp-mux",
                "a=rtcp:" + (room.sound().getPort() + 1) + " IN IP4 10.0.0.1");
        assertThat(room.news(News.Way.class)).hasSize(1);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    /// In turn: it does not know ICE, it found us changed, it was changed itself.
    @ParameterizedTest @ValueSource(strings = {"plain", "told", "found"})
    void without_ice_at_the_other_end_all_is_as_before(String kind) {
        calls(false, sdp -> switch (kind) {
            case "plain" -> MachineRoom.sdp(PLAIN);
            case "told" -> MachineRoom.sdp(PLAIN + "a=ice-mismatch\n");
            default -> sdp.replace("c=IN IP4 10.0.0.2", "c=IN IP4 10.0.0.7");
        });
        var there = kind.equals("found") ? MachineRoom.address("10.0.0.7", 4000)
                : MachineRoom.SOUND;
        assertThat(sound(there)).hasSizeBetween(24, 27);
        assertThat(room.media).allMatch(d -> !Message.isStun(d.bytes()));
        assertThat(room.news(News.Way.class)).isEmpty();
        room.command(new PhoneCommand.Hold(1));
        assertThat(lines("a=candidate:")).isEmpty();
        assertThat(lines("a=ice")).isEmpty();
    }

    @Test void a_caller_without_ice_hears_nothing_of_it() {
        room.request("INVITE", MachineRoom.sdp(PLAIN));
        room.request("ACK", "");
        room.run(100);
        //= rfc8839#4.3.2-7 nothing of ICE in the answer to who does not know it
        assertThat(lines("a=candidate:")).isEmpty();
        assertThat(lines("a=ice")).isEmpty();
        assertThat(lines("a=rtcp:")).isEmpty();
        assertThat(lines("a=rtcp-mux")).isEmpty();
        assertThat(lines("c=")).hasSize(1);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    @Test void an_offer_that_was_changed_on_the_way_is_answered_with_a_mismatch() {
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp().replace("m=audio 4000", "m=audio 5000"));
        room.request("ACK", "");
        room.run(100);
        //= rfc8839#4.2.5-2,3 ice-mismatch and no candidate, then as RFC 3264 has it
        assertThat(lines()).contains("a=ice-mismatch");
        assertThat(lines("a=candidate:")).isEmpty();
        assertThat(lines("a=ice-ufrag")).isEmpty();
        assertThat(sound(MachineRoom.address("10.0.0.2", 5000))).isNotEmpty();
        assertThat(room.remarks).contains("no ICE: the peer's address was changed on the way");
    }

    @Test void a_candidate_that_is_a_name_is_passed_over() {
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp().replaceFirst("a=candidate", "a=candidate:77 1 UDP"
                + " 2130706430 8d2f3a3c-5b9e.local 4000 typ host\r\na=candidate"));
        peer.listen();
        room.request("ACK", "");
        peer.run(500);
        assertThat(peer.agent.state()).isEqualTo(Agent.State.COMPLETED);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
        assertThat(room.remarks).contains("candidate passed over: 8d2f3a3c-5b9e.local");
    }

    /// Nothing but a name: the peer's own checks show where it is.
    @Test void a_peer_that_tells_only_a_name_finds_us() {
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp().replaceAll("(a=candidate.*UDP [0-9]+) 10.0.0.2",
                "$1 8d2f3a3c-5b9e.local"));
        peer.listen();
        room.request("ACK", "");
        peer.run(500);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    private Bytes check(String name, String password) {
        var plain = new Message(Message.Kind.REQUEST, Message.BINDING,
                TransactionId.random(new SplittableRandom(9)), List.of(new Username(name),
                new IceAttributes.Priority(1 << 30), new IceAttributes.IceControlling(7),
                new IceAttributes.UseCandidate()));
        return Fingerprints.append(Integrity.SHA_1.append(
                plain.encode(IceAttributes.TABLE), Bytes.utf8(password)));
    }

    private static String value(List<String> lines) {
        return lines.getLast().substring(lines.getLast().indexOf(':') + 1);
    }

    @Test void a_check_that_is_forged_is_refused_and_changes_nothing() {
        called(false);
        var ufrag = value(lines("a=ice-ufrag:"));
        var pwd = value(lines("a=ice-pwd:"));
        for (var check : List.of(check(ufrag + ":x", "wrong" + pwd),
                check("wrong" + ufrag + ":x", pwd))) {
            room.media.clear();
            room.hear(room.sound(), STRANGER, check);
            //= rfc8445#7.3-2 the short-term credential does not fit: 401
            var answer = room.media.getFirst();
            assertThat(answer.remote()).isEqualTo(STRANGER);
            assertThat(Fingerprints.parse(answer.bytes(), IceAttributes.TABLE).orElseThrow()
                    .first(ErrorCode.class).orElseThrow().code()).isEqualTo(401);
            room.run(200);
            assertThat(sound(STRANGER)).isEmpty();
            assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
        }
        assertThat(room.news(News.Way.class)).hasSize(1);
    }

    @Test void sound_is_heard_of_whoever_has_proved_to_be_the_peer() {
        called(false);
        for (int i = 0; i < 3; i++) room.rtp(STRANGER, 0, 160 * i, new byte[160]);
        assertThat(room.news(News.Heard.class)).isEmpty();
        for (int i = 0; i < 3; i++) room.rtp(0, 160 * i, new byte[160]);
        assertThat(room.news(News.Heard.class)).hasSize(1);
    }

    @Test void the_peer_restarts() {
        called(false);
        var before = value(lines("a=ice-ufrag:"));
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp().replace("- 9 1 IN", "- 9 2 IN"));
        //= rfc8839#4.4.2.1-1 ice-pwd and ice-ufrag are changed in the answer to a restart
        assertThat(value(lines("a=ice-ufrag:"))).isNotEqualTo(before);
        assertThat(lines("a=candidate:")).hasSize(2);
        room.request("ACK", "");
        peer.listen();
        room.media.clear();
        peer.run(500);
        assertThat(peer.agent.state()).isEqualTo(Agent.State.COMPLETED);
        // it was never silent
        assertThat(sound(MachineRoom.SOUND)).hasSizeBetween(24, 27);
    }

    //= rfc7675#5.1-2 no answer for 30 seconds: nothing more is sent
    @Test void a_peer_that_consents_no_more_is_asked_for_another_way() {
        var peer = called(false);
        var before = value(lines("a=ice-ufrag:"));
        peer.deaf = true;
        for (int i = 0; i < 6; i++) {
            peer.run(4_750);
            room.rtp(0, i, new byte[160]);   // it is there, and heard
        }
        assertThat(room.news(News.WayLost.class)).isEmpty();
        peer.run(2_500);
        assertThat(room.news(News.WayLost.class)).hasSize(1);
        assertThat(room.sip.getLast()).startsWith("INVITE ");
        assertThat(value(lines("a=ice-ufrag:"))).isNotEqualTo(before);
        room.media.clear();
        peer.run(1_000);
        assertThat(sound(MachineRoom.SOUND)).isEmpty();
        var again = new IcePeer(room, false, false);
        again.listen();
        room.respond("200 OK", again.sdp().replace("- 9 1 IN", "- 9 2 IN"));
        again.run(500);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
        assertThat(room.news(News.Way.class)).hasSizeBetween(1, 2);
    }

    @Test void without_any_way_the_call_ends() {
        var peer = new IcePeer(room, false, true);
        peer.deaf = true;
        room.request("INVITE", peer.sdp());
        room.request("ACK", "");
        //= rfc8863#4-3 nothing has failed before the PAC timer is over
        int seconds = 0;
        while (room.news(News.WayLost.class).isEmpty() && seconds++ < 100) {
            peer.run(1_000);
            if (room.sip.getLast().startsWith("INVITE ")) room.respond("200 OK", peer.sdp());
        }
        assertThat(seconds).isBetween(39, 85);
        assertThat(room.sip.getLast()).startsWith("BYE ");
    }

    @Test void what_the_peer_has_selected_is_confirmed() {
        var peer = called(false);
        room.request("INVITE", peer.completed(true).replace("- 9 1 IN", "- 9 2 IN"));
        //= rfc8839#4.4.2-1 no remote-candidates in an answer
        assertThat(lines("a=remote-candidates")).isEmpty();
        //= rfc8839#4.4.2-4,5 they are the default destination, and candidates
        assertThat(lines("a=candidate:")).hasSize(2);
        assertThat(lines("m=")).singleElement().asString()
                .startsWith("m=audio " + room.sound().getPort());
        room.request("ACK", "");
        room.media.clear();
        peer.run(200);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    /// An offer says what was selected, faster than the checks by which it becomes known here.
    @Test void an_offer_that_is_faster_than_the_checks_waits_for_them() {
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp());
        peer.listen();
        room.request("ACK", "");
        var port = room.sound().getPort();
        int before = room.descriptions().size();
        room.request("INVITE", peer.sdp().replace("- 9 1 IN", "- 9 2 IN")
                + "a=remote-candidates:1 10.0.0.1 " + port + " 2 10.0.0.1 " + (port + 1) + "\r\n");
        //= rfc8839#4.4.2-3 a check in progress is waited for
        assertThat(room.descriptions()).hasSize(before);
        peer.run(500);
        assertThat(room.descriptions()).hasSize(before + 1);
        assertThat(lines("a=candidate:")).hasSize(2);
    }

    //= rfc8839#4.3.4-1 not ice2, and another pair than the default: a subsequent offer
    @Test void a_peer_of_the_old_kind_is_told_what_was_selected() {
        calls(true, sdp -> sdp.replace("a=ice-options:ice2\r\n", "")
                .replaceFirst("a=candidate", "a=candidate:9 1 UDP 99 10.0.0.2 4900 typ host\r\n"
                        + "a=candidate").replace("m=audio 4000", "m=audio 4900"));
        assertThat(room.sip.getLast()).startsWith("INVITE ");
        //= rfc8839#4.4.1.2.2-3 the controlling agent says the remote candidates of the pairs
        assertThat(lines("a=remote-candidates:")).containsExactly(
                "a=remote-candidates:1 10.0.0.2 4000 2 10.0.0.2 4001");
    }

    @Test void options_that_change_without_a_restart_are_rejected() {
        var peer = called(false);
        //= rfc8839#4.4.2.1-4 modified in an offer that asks for no restart
        room.request("INVITE", peer.sdp().replace("ice2", "ice2 other").replace("- 9 1", "- 9 2"));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 488 ");
        room.media.clear();
        peer.run(100);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    //= rfc8839#7.5-1,2 a re-INVITE without an offer: ICE is restarted, with candidates in use
    @Test void a_change_without_an_offer_restarts() {
        called(false);
        var before = value(lines("a=ice-ufrag:"));
        room.request("INVITE", "");
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 200 ");
        assertThat(value(lines("a=ice-ufrag:"))).isNotEqualTo(before);
        assertThat(lines("a=candidate:")).hasSize(2);
    }

    //= rfc8839#7.1.2-2 the offer is in the 2xx, the answer in the ACK
    @Test void who_is_called_without_an_offer_offers() {
        room.request("INVITE", "");
        var peer = new IcePeer(room, false, false);
        peer.listen();
        room.request("ACK", peer.sdp());
        peer.run(500);
        assertThat(peer.agent.role()).isEqualTo(Role.CONTROLLED);
        assertThat(peer.selected).hasSize(2);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
    }

    @Test void one_port_for_both_where_it_is_offered() {
        var peer = new IcePeer(room, false, true);
        room.request("INVITE", peer.sdp("a=rtcp-mux\n"));
        assertThat(lines()).contains("a=rtcp-mux");
        assertThat(lines("a=candidate:")).hasSize(1);
        assertThat(lines("a=rtcp:")).isEmpty();
        peer.tell(new Agent.Input.Stream(1, 1));
        peer.listen();
        room.request("ACK", "");
        peer.run(10_000);
        assertThat(peer.agent.state()).isEqualTo(Agent.State.COMPLETED);
        assertThat(sound(MachineRoom.SOUND)).anyMatch(d -> (d.bytes().at(1) & 0xff) == 200);
        assertThat(sound(MachineRoom.address("10.0.0.2", 4001))).isEmpty();
    }

    //= rfc8445#12.2-4 the same peer at another address: no SSRC collision
    @Test void a_peer_that_has_moved_is_heard_on() {
        called(false);
        for (int i = 0; i < 3; i++) room.rtp(0, 160 * i, new byte[160]);
        var peer = new IcePeer(room, false, true, 4100);
        room.request("INVITE", peer.sdp().replace("- 9 1 IN", "- 9 2 IN"));
        room.request("ACK", "");
        peer.listen();
        peer.run(500);
        var there = MachineRoom.address("10.0.0.2", 4100);
        assertThat(room.news(News.Way.class)).last().extracting(News.Way::to).isEqualTo(there);
        for (int i = 3; i < 9; i++) room.rtp(there, 0, 160 * i, new byte[160]);
        assertThat(room.remarks).noneMatch(remark -> remark.startsWith("RTP ignored"));
        room.request("BYE", "");
        assertThat(room.counted().received()).isEqualTo(9);
    }

    /// While the peer is on hold somebody else answers for it, who knows no ICE.
    @Test void an_answer_without_ice_ends_it_until_the_next_offer() {
        calls(true, sdp -> sdp);
        var before = value(lines("a=ice-ufrag:"));
        room.command(new PhoneCommand.Hold(1));
        //= rfc8839#4.4.1.1.1-2 c= is not 0.0.0.0 to hold
        assertThat(lines("c=")).allMatch(line -> line.equals("c=IN IP4 10.0.0.1"));
        room.respond("200 OK", MachineRoom.sdp("m=audio 4000 RTP/AVP 0\nc=IN IP4 10.0.0.5\n"));
        room.media.clear();
        room.run(200);
        //= rfc8839#4.4.3.1-6 RFC 3264 again, and the dialog goes on
        assertThat(sound(MachineRoom.address("10.0.0.5", 4000))).isNotEmpty();
        room.command(new PhoneCommand.Resume(1));
        //= rfc8839#4.4.3.1-7 the new offer restarts ICE
        assertThat(value(lines("a=ice-ufrag:"))).isNotEqualTo(before);
        var peer = new IcePeer(room, false, false);
        peer.listen();
        room.respond("200 OK", peer.sdp().replace("- 9 1 IN", "- 9 3 IN"));
        room.media.clear();
        peer.run(500);
        assertThat(sound(MachineRoom.SOUND)).isNotEmpty();
        assertThat(room.news(News.WayLost.class)).isEmpty();
    }

    /// Who only listens sends nothing that would ask the relay to let anybody in.
    @Test void who_is_silent_hears_a_peer_without_ice_over_a_relay() {
        var quiet = new MachineRoom(Lender.ASKED);
        var lender = new Lender(quiet);
        quiet.request("INVITE", MachineRoom.sdp(PLAIN + "a=sendonly\n"));
        assertThat(quiet.descriptions().getLast().toString()).contains("c=IN IP4 10.0.0.1");
        quiet.request("ACK", "");
        //  what the relay lends meanwhile is said by an offer of ours
        lender.run(600);
        assertThat(quiet.descriptions().getLast().toString())
                .contains("a=recvonly", "c=IN IP4 10.0.0.3")
                .contains("m=audio " + lender.lent.getFirst().getPort() + " ");
        quiet.respond("200 OK", MachineRoom.sdp(PLAIN + "a=sendonly\n"));
        lender.run(500);
        assertThat(lender.passed).isEmpty();
        for (int i = 0; i < 3; i++) lender.hear(lender.lent.getFirst(), STRANGER, sound(i));
        assertThat(quiet.news(News.Heard.class)).isEmpty();
        for (int i = 0; i < 3; i++)
            lender.hear(lender.lent.getFirst(), MachineRoom.SOUND, sound(i));
        assertThat(quiet.news(News.Heard.class)).hasSize(1);
    }

    /// A peer that hears no check, and does not trickle.
    @Test void who_cannot_be_told_later_gets_another_offer() {
        var late = new MachineRoom(Lender.ASKED);
        var lender = new Lender(late);
        late.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        assertThat(late.descriptions().getLast().toString()).contains("typ host")
                .doesNotContain("typ relay");
        var peer = new IcePeer(late, false, false);
        late.respond("200 OK", peer.sdp());
        lender.run(400);
        assertThat(late.descriptions()).hasSize(1);
        lender.run(400);
        assertThat(late.descriptions()).hasSize(2);
        assertThat(late.descriptions().getLast().toString()).contains("typ relay");
        assertThat(late.sip).noneMatch(text -> text.startsWith("INFO"));
    }

    /// The same, but it is found in time.
    @Test void who_is_found_gets_no_other_offer() {
        var late = new MachineRoom(Lender.ASKED);
        var lender = new Lender(late);
        late.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var peer = new IcePeer(late, false, false);
        late.respond("200 OK", peer.sdp());
        SdpReading.of(late.descriptions().getLast()).getFirst().inputs(1).forEach(peer::tell);
        for (int i = 0; i < 1_500; i++) {
            lender.run(1);
            peer.catchUp();
        }
        assertThat(late.descriptions()).hasSize(1);
    }

    /// A call of a phone that hears late of what is lent to it, to a peer that trickles.
    private static final class Trickled {
        final MachineRoom room = new MachineRoom(Lender.ASKED);
        final Lender lender = new Lender(room);
        final IcePeer peer;

        Trickled(String... more) {
            room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
            peer = new IcePeer(room, false, false);
            room.respond("200 OK\r\nRecv-Info: trickle-ice", sdp(more));
            lender.run(300);
        }

        String sdp(String... more) {
            return peer.sdp(more).replace("a=ice-options:ice2", "a=ice-options:ice2 trickle");
        }

        /// The peer tells of its candidates.
        void tell(String fragment) {
            room.request("INFO", "application/trickle-ice-sdpfrag\r\nInfo-Package: trickle-ice"
                    + "\r\nContent-Disposition: Info-Package", fragment);
        }

        List<String> infos() {
            return room.sip.stream().filter(text -> text.startsWith("INFO")).toList();
        }

        static List<String> candidates(String info) {
            return info.lines().filter(line -> line.startsWith("a=candidate")).toList();
        }
    }

    //= rfc8840#10.9-1 what is found while an INFO is pending is aggregated for the next
    //= rfc8840#10.9-2 no more than one at any time
    @Test void one_info_waits_for_the_other() {
        var call = new Trickled();
        assertThat(call.infos()).hasSize(1);
        call.room.respond("200 OK", "");
        assertThat(call.infos()).hasSize(2);
        var first = Trickled.candidates(call.infos().getFirst());
        var second = Trickled.candidates(call.infos().getLast());
        //= rfc8840#4.4-11,12 each has all candidates, those from before in the same order
        //= rfc8840#4.4-13 and what is new at the end
        assertThat(second).hasSizeGreaterThan(first.size())
                .startsWith(first.toArray(String[]::new));
        assertThat(second.getLast()).contains("typ relay");
        //= rfc8840#8.2-2 end-of-candidates with ufrag and password of this session
        assertThat(call.infos().getLast()).contains("a=end-of-candidates", "a=ice-pwd:"
                + value(call.room.descriptions().getLast().toString().lines()
                        .filter(line -> line.startsWith("a=ice-pwd:")).toList()));
        assertThat(call.infos().getLast()).contains("Content-Disposition: Info-Package",
                "Content-Type: application/trickle-ice-sdpfrag");
        call.room.respond("200 OK", "");
        call.lender.run(3_000);
        assertThat(call.infos()).hasSize(2);
    }

    /// Both use one port for sound and control: what a relay lends for the other goes back.
    @Test void what_is_of_no_use_any_more_is_not_told() {
        var call = new Trickled("a=rtcp-mux\n");
        call.room.respond("200 OK", "");
        call.lender.run(200);
        assertThat(call.lender.lent).hasSize(2);
        assertThat(call.lender.returned).containsExactly(call.lender.lent.getLast());
        assertThat(Trickled.candidates(call.infos().getLast())).anyMatch(line ->
                line.contains(" 1 UDP") && line.contains("typ relay")).noneMatch(line ->
                line.contains(" 2 UDP") && line.contains("typ relay"));
    }

    @Test void who_refuses_to_be_told_gets_another_offer() {
        var call = new Trickled();
        call.room.respond("200 OK", "");
        call.room.respond("469 Bad Info Package", "");
        call.lender.run(800);
        assertThat(call.infos()).hasSize(2);
        assertThat(call.room.descriptions()).hasSize(2);
        assertThat(call.room.descriptions().getLast().toString()).contains("typ relay");
    }

    /// What the peer tells within the call is checked.
    @Test void what_the_peer_tells_later_is_checked() {
        var call = new Trickled();
        call.room.respond("200 OK", "");
        call.room.respond("200 OK", "");
        var ours = new InetSocketAddress("10.0.0.77", 7777);
        var fragment = """
                m=audio 9 RTP/AVP 0
                a=mid:0
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=candidate:9 1 UDP 99999 10.0.0.77 7777 typ srflx raddr 10.0.0.2 rport 9
                """;
        var peer = call.peer.description.credentials();
        //= rfc8840#4.4-9 of another ICE session: discarded
        call.tell(fragment.formatted(peer.ufrag() + "x", peer.pwd()));
        call.lender.run(500);
        assertThat(call.room.media).noneMatch(d -> d.remote().equals(ours));
        //= rfc8840#4-5 an INFO in the dialog with more candidates is received
        call.tell(fragment.formatted(peer.ufrag(), peer.pwd()));
        assertThat(call.room.sip.getLast()).startsWith("SIP/2.0 200");
        call.lender.run(500);
        assertThat(call.room.media).anyMatch(d -> d.remote().equals(ours));
        //  what cannot be read changes nothing
        call.tell("nonsense");
        assertThat(call.room.remarks).anyMatch(text -> text.startsWith("candidates passed over"));
    }

    private static Bytes sound(int number) {
        return RtpPacket.of(false, 0, new SequenceNumber(number), 160 * number, 77,
                Bytes.copyOf(new byte[160])).encode();
    }
}
