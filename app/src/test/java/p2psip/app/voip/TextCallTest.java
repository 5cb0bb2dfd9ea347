package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc3550.*;

/// Text beside the sound of a call: what is offered and answered, and what comes of what is typed.
class TextCallTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";
    private static final String TEXT = PCMU + """
            m=text 5000 RTP/AVP 97 96
            a=rtpmap:97 red/1000
            a=fmtp:97 96/96/96
            a=rtpmap:96 t140/1000
            """;
    private static final InetSocketAddress THERE = MachineRoom.address("10.0.0.2", 5000);

    private final MachineRoom room = room(IceOptions.OFF);
    private int sequence = 7;

    private static MachineRoom room(IceOptions ice) {
        return new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1").calls(1).withIce(ice).typing(),
                42);
    }

    private void called(String media) {
        room.request("INVITE", MachineRoom.sdp(media));
        room.request("ACK", "");
    }

    private p2psip.std.rfc4566.Media answer(int place) {
        return room.descriptions().getLast().media().get(place);
    }

    private InetSocketAddress port() { return MachineRoom.address("10.0.0.1", answer(1).port()); }

    /// Text of the peer without redundancy.
    private void types(String text) {
        room.hear(port(), THERE, RtpPacket.of(sequence == 7, 96, new SequenceNumber(sequence++),
                sequence * 300L, 9, Bytes.utf8(text)).encode());
        room.run(300);
    }

    private String typed() {
        return room.news(News.Typed.class).stream().map(News.Typed::text)
                .collect(Collectors.joining());
    }

    /// The blocks of text that have come to the peer, as often as they were sent.
    private List<List<String>> heard() {
        return room.heard(THERE).stream().map(p -> {
            var red = RedundantPayload.parse(p.payload().buffer());
            return Stream.concat(red.redundant().stream().map(b -> b.data().utf8()),
                    Stream.of(red.primary().data().utf8())).toList();
        }).toList();
    }

    //= rfc4103#10.2-1 the rtpmap says 1000
    @Test void text_is_answered_by_the_numbers_of_the_offer() {
        called(TEXT);
        assertThat(answer(1).toString().replace("\r\n", "\n")).contains(
                " RTP/AVP 97 96\n", "a=rtpmap:97 red/1000\n", "a=rtpmap:96 t140/1000\n",
                "a=fmtp:97 96/96/96\n");
        assertThat(answer(0).port()).isNotEqualTo(answer(1).port());
    }

    //= rfc4103#5.1-3 text after an idle period is sent as soon as possible
    @Test void what_is_typed_goes_out_letter_by_letter() {
        called(TEXT);
        for (var letter : "Hey".split("")) {
            room.command(new PhoneCommand.Type(room.number(), letter));
            room.run(200);
        }
        room.run(2000);
        assertThat(heard()).containsExactly(List.of("\ufeffH"), List.of("\ufeffH", "e"),
                List.of("\ufeffH", "e", "y"), List.of("e", "y", ""), List.of("y", "", ""));
        assertThat(room.heard(THERE).getFirst().payloadType()).isEqualTo(97);
    }

    @Test void what_the_peer_types_is_told_as_it_comes() {
        called(TEXT);
        types("\ufeffH");
        types("i");
        types("!");
        assertThat(room.news(News.Typed.class)).extracting(News.Typed::text)
                .contains("i", "!");
        assertThat(typed()).isEqualTo("Hi!");
    }

    //= rfc4103#5.3-3 a marker of missing text for the missing block
    //= rfc4103#5.4-3 once a second is over
    @Test void what_is_lost_is_marked() {
        called(TEXT);
        types("a");
        types("b");
        sequence++;
        types("d");
        assertThat(typed()).isEqualTo("ab");
        room.run(1000);
        assertThat(typed()).isEqualTo("ab\ufffdd");
    }

    @Test void a_stranger_is_not_read() {
        called(TEXT);
        types("a");
        types("b");
        room.hear(port(), MachineRoom.address("10.0.0.9", 5000), RtpPacket.of(false, 96,
                new SequenceNumber(sequence), 3000, 9, Bytes.utf8("x")).encode());
        assertThat(typed()).isEqualTo("ab");
    }

    @Test void who_does_not_take_text_is_typed_nothing() {
        called(PCMU);
        room.command(new PhoneCommand.Type(room.number(), "Hello"));
        assertThat(room.news(News.NotTyped.class))
                .containsExactly(new News.NotTyped(room.number(), "Hello"));
    }

    @Test void what_is_typed_before_the_answer_waits_for_it() {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.command(new PhoneCommand.Type(1, "Hello"));
        assertThat(room.descriptions().getLast().media()).extracting(m -> m.type())
                .containsExactly("audio", "text");
        room.respond("200 OK", MachineRoom.sdp(PCMU + """
                m=text 5000 RTP/AVP 100 98
                a=rtpmap:100 red/1000
                a=fmtp:100 98/98/98
                a=rtpmap:98 t140/1000
                """));
        assertThat(heard()).containsExactly(List.of("\ufeffHello"));
        room.command(new PhoneCommand.Hold(1));
        assertThat(room.descriptions().getLast().media().getLast().attributes())
                .extracting(a -> a.name()).contains("sendonly");
    }

    @Test void a_call_of_text_alone_is_refused() {
        room.request("INVITE", MachineRoom.sdp(TEXT.replace("audio 4000", "audio 0")));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 488");
        var other = room(IceOptions.OFF);
        other.request("INVITE", MachineRoom.sdp(TEXT.replace("AVP 0", "AVP 3")));
        assertThat(other.sip.getLast()).startsWith("SIP/2.0 488");
    }

    @Test void ports_are_given_back() {
        called(TEXT);
        var port = port();
        room.command(new PhoneCommand.HangUp(room.number()));
        room.respond("200 OK", "");
        assertThat(room.given).contains(port);
    }

    /// Candidates would say where the sound is.
    @Test void ice_is_for_the_sound_alone() {
        var ice = room(IceOptions.ALONE);
        ice.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var media = ice.descriptions().getLast().media();
        assertThat(media.getFirst().attribute("candidate")).isPresent();
        assertThat(media.getLast().type()).isEqualTo("text");
        assertThat(media.getLast().attribute("candidate")).isEmpty();
        assertThat(media.getLast().has("rtcp-mux")).isFalse();
    }

    /// Between two phones of ours, by ICE, over a wire that loses one datagram in five.
    @Test void two_phones_type_while_packets_are_lost() {
        var network = new Network(42, _ -> { });
        network.wires(Wire.LAN.loss(0.2));
        try (var alice = phone(network, "alice", "10.0.0.1");
                var bob = phone(network, "bob", "10.0.0.2")) {
            var call = alice.call("sip:bob@10.0.0.2:5060");
            var taken = bob.answer(Duration.ofSeconds(3)).orElseThrow();
            for (var word : List.of("Watson, ", "come ", "here. ", "I want ", "to see you.\n")) {
                call.type(word);
                call.talk(Duration.ofSeconds(1));
            }
            taken.type("I come.");
            call.talk(Duration.ofSeconds(4));
            assertThat(taken.typed()).containsExactly("Watson, come here. I want to see you.", "");
            assertThat(call.typed()).containsExactly("I come.");
        }
    }

    private static Telephone phone(Network network, String name, String address) {
        return Telephone.start(network.host(address), name, PhoneSetup.at(
                "sip:" + name + "@" + address).typing().withIce(IceOptions.ALONE));
    }
}
