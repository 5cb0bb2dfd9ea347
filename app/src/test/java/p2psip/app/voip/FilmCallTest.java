package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.film.Film;
import p2psip.app.film.Film.*;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4585.Feedback;

/// Pictures beside the sound of a call, from one phone's film to the other's, unopened.
class FilmCallTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";
    private static final InetSocketAddress THERE = MachineRoom.address("10.0.0.2", 6000);

    /// A film of pictures of many sizes, the first of which is the largest.
    private static Film film(Coding coding, int pictures) {
        var random = new SplittableRandom(7);
        return new Film(coding, IntStream.range(0, pictures).mapToObj(i -> {
            var data = new byte[i == 0 ? 9000 : random.nextInt(2, 3000)];
            random.nextBytes(data);
            data[0] = (byte) (coding == Coding.H264 ? i == 0 ? 0x65 : 0x41 : 0x51);
            data[1] |= (byte) 0x80;
            return new Picture(i * 3600L, List.of(Bytes.wrap(data)));
        }).toList());
    }

    private static PhoneSetup setup(String name, PhoneSetup.Beside beside) {
        return PhoneSetup.at("sip:" + name).with(beside);
    }

    private static PhoneSetup.Beside shows(Film film) {
        return new PhoneSetup.Beside(false, Optional.of(film), false);
    }

    private static final PhoneSetup.Beside KEEPS =
            new PhoneSetup.Beside(false, Optional.empty(), true);

    private static News.Filmed between(Wire wire, Film film) {
        var network = new Network(42, _ -> { });
        network.wires(wire);
        try (var alice = Telephone.start(network.host("10.0.0.1"), "alice",
                setup("alice@10.0.0.1", shows(film)));
                var bob = Telephone.start(network.host("10.0.0.2"), "bob",
                        setup("bob@10.0.0.2", KEEPS))) {
            var call = alice.call("sip:bob@10.0.0.2:5060");
            var taken = bob.answer(Duration.ofSeconds(3)).orElseThrow();
            call.talk(Duration.ofSeconds(film.pictures().size() / 25 + 2));
            call.hangUp();
            taken.talk(Duration.ofSeconds(3));
            return taken.filmed().orElseThrow();
        }
    }

    //= rfc6184#5.1-4 ticks of 90 kHz
    @Test void a_film_arrives_as_it_was_sent() {
        for (var coding : Coding.values()) {
            var film = film(coding, 100);
            var filmed = between(Wire.LAN, film);
            assertThat(filmed.lost()).isZero();
            assertThat(filmed.film().coding()).isEqualTo(coding);
            assertThat(filmed.film().pictures()).extracting(Picture::data)
                    .isEqualTo(film.pictures().stream().map(Picture::data).toList());
            long first = filmed.film().pictures().getFirst().at();
            assertThat(filmed.film().pictures()).extracting(p -> p.at() - first)
                    .isEqualTo(film.pictures().stream().map(Picture::at).toList());
        }
    }

    @Test void what_overtakes_is_put_in_order() {
        var filmed = between(new Wire(Duration.ofMillis(5), Duration.ZERO, 0, 0.1, 0.1),
                film(Coding.VP8, 50));
        assertThat(filmed.lost()).isZero();
        assertThat(filmed.film().pictures()).hasSize(50);
    }

    @Test void a_picture_that_is_not_whole_is_left_out() {
        for (var coding : Coding.values()) {
            var film = film(coding, 200);
            var filmed = between(Wire.LAN.loss(0.03), film);
            assertThat(filmed.lost()).isPositive();
            assertThat(filmed.film().pictures()).hasSizeBetween(150, 199);
            assertThat(film.pictures().stream().map(Picture::data).toList()).containsAll(
                    filmed.film().pictures().stream().map(Picture::data).toList());
        }
    }

    private static MachineRoom room(PhoneSetup.Beside beside) {
        return new MachineRoom(setup("alice@10.0.0.1", beside).calls(1), 42);
    }

    private static List<String> answer(PhoneSetup.Beside beside, String video) {
        var room = room(beside);
        room.request("INVITE", MachineRoom.sdp(PCMU + "m=video 6000 RTP/AVP " + video));
        return room.descriptions().getLast().media().getLast().toString().lines()
                .map(line -> line.replaceFirst("m=video [1-9]\\d* ", "m=video PORT ")).toList();
    }

    //= rfc6184#8.2.2-1,2,3 the configuration of the offer, under its number
    //= rfc7741#6.1-1 what can be kept is said by both parameters
    @Test void what_is_kept_is_answered_one_way() {
        assertThat(answer(KEEPS, "99\na=rtpmap:99 H264/90000\n"
                + "a=fmtp:99 profile-level-id=64001F;packetization-mode=1\n")).containsExactly(
                "m=video PORT RTP/AVP 99", "a=rtpmap:99 H264/90000",
                "a=fmtp:99 profile-level-id=64001F;packetization-mode=1", "a=recvonly");
        //= rfc7741#6.2.1-1,2,3 the media name video, the encoding name VP8, the clock rate 90000
        //= rfc7741#6.2.1-4 max-fs and max-fr in fmtp
        assertThat(answer(KEEPS, "100\na=rtpmap:100 VP8/90000\na=fmtp:100 max-fr=15;max-fs=99\n"))
                .contains("a=fmtp:100 max-fr=60;max-fs=8160");
    }

    //= rfc6184#5.4-2 units of types that the mode has not are not sent
    //= rfc6184#6.2-4 without packetization-mode no FUs are used
    //= rfc6184#8.1-57,58 where the value is equal to 1 they are: the non-interleaved mode
    @Test void a_peer_that_takes_no_fragments_is_shown_no_film() {
        assertThat(answer(shows(film(Coding.H264, 1)), "99\na=rtpmap:99 H264/90000\n"))
                .startsWith("m=video 0 RTP/AVP 99");
        assertThat(answer(shows(film(Coding.H264, 1)), "99\na=rtpmap:99 H264/90000\n"
                + "a=fmtp:99 packetization-mode=1\n")).contains("a=sendonly");
        assertThat(answer(shows(film(Coding.VP8, 1)), "99\na=rtpmap:99 H264/90000\n"))
                .startsWith("m=video 0 RTP/AVP 99");
    }

    //= rfc6184#8.2-1 a parameter that nobody knows is ignored
    //= rfc7741#6.2-1 in fmtp of VP8 as well
    //= rfc7741#6.1-2 whose parameters say what can be received, and nothing else
    @Test void parameters_that_nobody_knows_are_ignored() {
        assertThat(answer(shows(film(Coding.H264, 1)), "99\na=rtpmap:99 H264/90000\n"
                + "a=fmtp:99 x-new=7;packetization-mode=1\n")).contains("a=sendonly");
        assertThat(answer(KEEPS, "100\na=rtpmap:100 VP8/90000\na=fmtp:100 x-new=7\n"))
                .contains("a=recvonly", "a=fmtp:100 max-fr=60;max-fs=8160");
    }

    //= rfc6184#8.1-60 packetization-mode is an integer from 0 to 2
    //= rfc6184#8.2.2-18,28 no sprop-parameter-sets are said: they are transmitted in-band
    @Test void parameter_sets_are_in_the_film() {
        var sets = Bytes.hex("6742e01f");
        var room = room(shows(new Film(Coding.H264, List.of(new Picture(0,
                List.of(sets, Bytes.hex("6588")))))));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        assertThat(room.descriptions().getLast().toString())
                .contains("a=fmtp:97 profile-level-id=42E01F;packetization-mode=1\r\n")
                .doesNotContain("sprop");
        room.respond("200 OK", MachineRoom.sdp(PCMU + "m=video 6000 RTP/AVP 97\n"
                + "a=rtpmap:97 H264/90000\na=fmtp:97 packetization-mode=1\na=recvonly\n"));
        room.run(100);
        assertThat(room.heard(THERE)).first().extracting(RtpPacket::payload).isEqualTo(sets);
    }

    @Test void who_misses_a_picture_or_a_packet_gets_nothing_but_the_film() {
        var room = room(shows(film(Coding.VP8, 50)));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var offer = room.descriptions().getLast();
        assertThat(offer.toString()).doesNotContain("rtcp-fb");
        room.respond("200 OK", MachineRoom.sdp(PCMU + "m=video 6000 RTP/AVP 96\n"
                + "a=rtpmap:96 VP8/90000\na=recvonly\n"));
        room.run(200);
        int before = room.heard(THERE).size();
        var control = MachineRoom.address("10.0.0.1", offer.media().getLast().port() + 1);
        long ssrc = room.heard(THERE).getFirst().ssrc();
        room.hear(control, MachineRoom.address("10.0.0.2", 6001), new CompoundPacket(
                new RtcpPacket.ReceiverReport(5, List.of(), Bytes.EMPTY),
                new Feedback.PictureLoss(5, ssrc).packet(),
                Feedback.GenericNack.of(5, ssrc, List.of(1)).packet()).encode());
        assertThat(room.heard(THERE)).hasSize(before);
        assertThat(room.remarks).filteredOn(r -> r.startsWith("asked in vain")).hasSize(2);
    }

    /// The first picture of a film is there when it is offered, the others come.
    @Test void a_film_that_comes_by_and_by_is_shown_as_it_comes() {
        var film = film(Coding.VP8, 400);
        var room = room(shows(new Film(Coding.VP8, film.pictures().subList(0, 1))));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.command(new PhoneCommand.Picture(1, film.pictures().get(1)));   // nobody sees it yet
        room.respond("200 OK", MachineRoom.sdp(PCMU + "m=video 6000 RTP/AVP 96\n"
                + "a=rtpmap:96 VP8/90000\na=recvonly\n"));
        room.run(1_000);
        assertThat(room.heard(THERE)).filteredOn(RtpPacket::marker).hasSize(1);
        film.pictures().subList(2, 5).forEach(next ->
                room.command(new PhoneCommand.Picture(1, next)));
        assertThat(room.heard(THERE)).filteredOn(RtpPacket::marker).hasSize(4);
        assertThat(room.heard(THERE).getLast().timestamp()
                - room.heard(THERE).getFirst().timestamp() & 0xffff_ffffL)
                .isEqualTo(film.pictures().get(4).at());
        //  what would have to wait for long is not kept
        film.pictures().subList(100, 400).forEach(next ->
                room.command(new PhoneCommand.Picture(1, next)));
        room.run(20_000);
        assertThat(room.heard(THERE)).filteredOn(RtpPacket::marker).hasSize(4 + 250);
    }

    @Test void nobody_is_offered_pictures_unless_that_is_asked_for() {
        assertThat(answer(PhoneSetup.Beside.NOTHING, "96\na=rtpmap:96 VP8/90000\n"))
                .startsWith("m=video 0 RTP/AVP 96");
        var room = room(PhoneSetup.Beside.NOTHING);
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        assertThat(room.descriptions().getLast().media()).hasSize(1);
    }

    //= rfc7741#4.1-2 the last packet of a frame has the marker bit
    //= rfc7741#4.4-7 the last packet with data of the frame, and no other
    //= rfc6184#8.2.1-1,2,3 H264 at 90000 is offered as video
    @Test void pictures_go_out_at_their_times() {
        var film = film(Coding.H264, 5);
        var room = room(shows(film));
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        assertThat(room.descriptions().getLast().media().getLast().toString())
                .startsWith("m=video ").contains("a=rtpmap:97 H264/90000");
        room.respond("200 OK", MachineRoom.sdp(PCMU + "m=video 6000 RTP/AVP 97\n"
                + "a=rtpmap:97 H264/90000\na=fmtp:97 packetization-mode=1\na=recvonly\n"));
        room.run(1000);
        var packets = room.heard(THERE);
        assertThat(packets).filteredOn(RtpPacket::marker).hasSize(5);
        assertThat(packets.getLast().timestamp() - packets.getFirst().timestamp() & 0xffff_ffffL)
                .isEqualTo(4 * 3600);
        assertThat(packets).allMatch(p -> p.payload().size() <= 1200);
    }
}
