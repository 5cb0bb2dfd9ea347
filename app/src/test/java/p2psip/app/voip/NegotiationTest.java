package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Offers and answers that could never carry sound, and hosts that are named.
class NegotiationTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";
    private static final String NAMED = PCMU + "c=IN IP4 bob.example.com\n";
    private static final InetAddress BOB = InetAddress.ofLiteral("10.0.0.2");

    private final MachineRoom room = new MachineRoom(Source.Tone.A);

    private List<String> said() {
        return room.sip.stream().map(m -> m.lines().findFirst().orElseThrow()).toList();
    }

    private static String lines(String media) { return media.replace(" / ", "\n") + "\n"; }

    @ParameterizedTest @CsvSource({
        "m=audio 4000 RTP/SAVP 0,                                    302",
        "m=audio 4000 RTP/AVP 3 101 / a=rtpmap:101 telephone-event/8000, 305",
        "m=audio 4000 RTP/AVP 98 / a=rtpmap:98 L16/44100,            305",
        "m=video 4000 RTP/AVP 31,                                    304",
        "m=audio 4000 RTP/AVP 0 / c=IN IP6 2001:db8::2,              301",
        "m=audio 4000 RTP/AVP 0 / c=IN IP4 nobody.example.com,       301",
        "m=audio 4000 RTP/AVP 0 / c=IN IP4 six.example.com,          301",
        "m=audio 4000 RTP/AVP 0 / c=ATM NSAP 47.0091,                301",
        "m=audio 4000 RTP/AVP 0 / c=IN IP4 224.2.1.1/127,            330",
        "no description,                                             399"})
    void an_offer_that_can_carry_no_sound_is_refused_before_it_rings(String media, int warning) {
        room.names.put("six.example.com", List.of(InetAddress.ofLiteral("2001:db8::2")));
        room.request("INVITE", MachineRoom.sdp(lines(media)));
        //= rfc3261#13.3.1.3-3 a rejected offer gets 488
        assertThat(said()).containsExactly("SIP/2.0 488 Not Acceptable Here");
        // with a Warning that says why
        assertThat(room.sip.getLast()).contains("\r\nWarning: " + warning + " ");
        assertThat(room.news).hasAtLeastOneElementOfType(News.Ready.class).last()
                .isInstanceOfSatisfying(News.Refused.class, refused -> assertThat(refused.reason())
                        .startsWith("Not Acceptable Here: "));
        assertThat(room.news(News.Incoming.class)).isEmpty();
    }

    @Test void an_offer_without_streams_may_get_some_later() {
        room.request("INVITE", MachineRoom.sdp(""));
        assertThat(said()).containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
        room.request("ACK", "");
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.run(100);
        assertThat(room.heard()).isNotEmpty();
    }

    @Test void a_host_that_is_named_is_looked_up_and_sent_to() {
        room.names.put("bob.example.com", List.of(InetAddress.ofLiteral("2001:db8::2"), BOB));
        room.request("INVITE", MachineRoom.sdp(NAMED));
        room.request("ACK", "");
        room.run(100);
        assertThat(said()).startsWith("SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
        assertThat(room.heard()).isNotEmpty();
    }

    @Test void nothing_rings_while_a_host_is_looked_up() {
        room.slow = true;
        room.names.put("bob.example.com", List.of(BOB));
        room.request("INVITE", MachineRoom.sdp(NAMED));
        assertThat(said()).isEmpty();
        room.slow = false;
        room.tell(room.unbound.getFirst());
        assertThat(said()).contains("SIP/2.0 180 Ringing");
    }

    @Test void who_hangs_up_meanwhile_has_not_called() {
        room.slow = true;
        room.request("INVITE", MachineRoom.sdp(NAMED));
        room.request("CANCEL", "");
        assertThat(said()).contains("SIP/2.0 487 Request Terminated");
        room.tell(room.unbound.getFirst());
        assertThat(said()).noneMatch(m -> m.contains("180") || m.contains("488"));
        assertThat(room.news(News.Incoming.class)).isEmpty();
    }

    @ParameterizedTest @CsvSource({
        "m=audio 4000 RTP/SAVP 0,                               Incompatible transport",
        "m=audio 4000 RTP/AVP 3,                                Incompatible media format",
        "m=audio 4000 RTP/AVP 101 / a=rtpmap:101 telephone-event/8000, Incompatible media format",
        "m=video 4000 RTP/AVP 0,                                Media type not available",
        "m=audio 0 RTP/AVP 0,                                   Media type not available",
        "m=audio 4000 RTP/AVP 0 / m=audio 4002 RTP/AVP 0,       Session description not",
        "m=audio 4000 RTP/AVP 0 / c=IN IP4 nobody.example.com,  Incompatible network address",
        "no description,                                        Session description not",
        "'',                                                    Session description not"})
    void an_answer_to_something_else_ends_the_call(String media, String why) {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("200 OK", media.isEmpty() ? "" : MachineRoom.sdp(lines(media)));
        // an ACK, and then a BYE
        assertThat(said()).extracting(m -> m.split(" ")[0]).containsExactly("INVITE", "ACK", "BYE");
        assertThat(room.news).last().isInstanceOfSatisfying(News.Ended.class, end -> {
            assertThat(end.status()).isEqualTo(488);
            assertThat(end.reason()).startsWith("The answer cannot be used: " + why);
        });
        assertThat(room.news(News.Established.class)).isEmpty();
        assertThat(room.heard()).isEmpty();
    }

    @Test void an_answer_may_name_its_host() {
        room.names.put("bob.example.com", List.of(BOB));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("200 OK", MachineRoom.sdp(NAMED));
        room.run(100);
        assertThat(room.heard()).isNotEmpty();
    }

    @Test void an_answer_in_the_ACK_is_looked_at_too() {
        room.request("INVITE", "");
        room.request("ACK", MachineRoom.sdp("m=audio 4000 RTP/AVP 3\n"));
        assertThat(said()).last().asString().startsWith("BYE ");
        assertThat(room.news(News.Ended.class)).singleElement()
                .satisfies(end -> assertThat(end.status()).isEqualTo(488));
    }

    @Test void a_change_that_cannot_be_leaves_all_as_it_was() {
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.request("ACK", "");
        for (var media : List.of("m=audio 4000 RTP/AVP 8\nc=IN IP4 nobody.example.com\n",
                "m=audio 4444 RTP/SAVP 0\n", "m=audio 4444 RTP/AVP 101\n")) {
            room.request("INVITE", MachineRoom.sdp(media));
            assertThat(said().getLast()).isEqualTo("SIP/2.0 488 Not Acceptable Here");
            room.request("ACK", "");
        }
        int before = room.heard().size();
        room.run(100);
        assertThat(room.heard()).hasSizeGreaterThan(before);
        room.command(new PhoneCommand.Hold(room.number()));
        var hold = room.descriptions().getLast();
        assertThat(hold.toString()).contains("a=sendonly");
        //= rfc3264#8-4 the first change of the session's version
        assertThat(hold.origin()).isEqualTo(room.descriptions().getFirst().origin().next());
    }

    @Test void one_change_at_a_time() {
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.request("ACK", "");
        room.slow = true;
        room.names.put("bob.example.com", List.of(BOB));
        room.request("INVITE", MachineRoom.sdp(NAMED));
        int before = room.sip.size();
        room.command(new PhoneCommand.Hold(room.number()));
        assertThat(room.sip).hasSize(before);
        room.tell(room.unbound.getLast());
        assertThat(said().getLast()).isEqualTo("SIP/2.0 200 OK");
    }

    @Test void a_change_that_comes_before_the_host_of_the_answer_is_known_has_to_wait() {
        room.names.put("bob.example.com", List.of(BOB));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.slow = true;
        room.respond("200 OK", MachineRoom.sdp(NAMED));
        room.request("INVITE", MachineRoom.sdp(PCMU));
        assertThat(said().getLast()).isEqualTo("SIP/2.0 491 Request Pending");
        room.tell(room.unbound.getLast());
        room.run(100);
        assertThat(room.heard()).isNotEmpty();
    }

    /// What the DNS says of the host of an offer that was withdrawn is not of the next one's.
    @Test void an_address_belongs_to_the_question_it_answers() {
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.request("ACK", "");
        room.slow = true;
        room.names.put("bob.example.com", List.of(BOB));
        room.request("INVITE", MachineRoom.sdp(NAMED));
        room.request("CANCEL", "");
        room.request("INVITE", MachineRoom.sdp(PCMU + "c=IN IP4 nobody.example.com\n"));
        int before = room.sip.size();
        room.tell(room.unbound.getFirst());
        assertThat(room.sip).hasSize(before);
        room.tell(room.unbound.getLast());
        assertThat(said().getLast()).isEqualTo("SIP/2.0 488 Not Acceptable Here");
    }
}
