package p2psip.std.rfc3264;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3264.OfferAnswer.Reception;
import p2psip.std.rfc4566.*;

/// The exchanges of RFC 3264 §10, played by both sides; each description is compared as a whole.
class Rfc3264ExamplesTest {
    private static final SessionDescription ALICE = head("alice 2890844526 2890844526", "anywhere");
    private static final SessionDescription BOB = head("bob 2890844730 2890844730", "example");

    private static SessionDescription head(String origin, String host) {
        return SessionDescription.parse(("v=0\no=%s IN IP4 host.%s.com\ns= \n"
                + "c=IN IP4 host.%s.com\nt=0 0\n").formatted(origin, host, host));
    }

    private static Local stream(String type, int port, Direction direction, Format... formats) {
        return new Local(type, "RTP/AVP", port, List.of(formats), direction, List.of());
    }

    private static void says(SessionDescription sdp, String version, String media) {
        var text = sdp.toString().replace("\r", "");
        assertThat(text).contains(" " + version + " IN IP4 host.");
        assertThat(text.substring(text.indexOf("m=")).replace("a=sendrecv\n", "")).isEqualTo(media);
    }

    //= rfc3264#6-2 each m= line has its corresponding one
    //= rfc3264#8.3.1-1 the port of a stream is changed
    //= rfc3264#8-4 the version is incremented by one
    @Test void basic_exchange_of_section_10_1() {
        var alice = new OfferAnswer(ALICE);
        var bob = new OfferAnswer(BOB);
        var h261 = stream("video", 51372, Direction.SENDRECV, Format.of(31));
        var mpv = stream("video", 53000, Direction.SENDRECV, Format.of(32));
        var offer = alice.offer(List.of(
                stream("audio", 49170, Direction.SENDRECV, Format.of(0)), h261, mpv));
        says(offer, "2890844526", """
                m=audio 49170 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                m=video 51372 RTP/AVP 31
                a=rtpmap:31 H261/90000
                m=video 53000 RTP/AVP 32
                a=rtpmap:32 MPV/90000
                """);
        bob.receiveOffer(offer);
        var audio = stream("audio", 49920, Direction.SENDRECV, Format.of(0));
        var answer = bob.answer(List.of(audio, mpv)).orElseThrow();
        says(answer, "2890844730", """
                m=audio 49920 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                m=video 0 RTP/AVP 31
                m=video 53000 RTP/AVP 32
                a=rtpmap:32 MPV/90000
                """);
        assertThat(alice.receiveAnswer(answer)).isEqualTo(Reception.TAKEN);

        var events = stream("audio", 51434, Direction.RECVONLY,
                Format.of(110, "telephone-events", 8000, ""));
        // the RFC adds the stream below; in the place of the refused one it is as good
        //= rfc3264#5.1-16 each stream uses encodings of its own
        //= rfc3264#8.3.1-2 with the port changed, the audio's description remains unchanged
        var update = bob.offer(List.of(audio.withPort(65422), mpv, events));
        says(update, "2890844731", """
                m=audio 65422 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                m=audio 51434 RTP/AVP 110
                a=rtpmap:110 telephone-events/8000
                a=recvonly
                m=video 53000 RTP/AVP 32
                a=rtpmap:32 MPV/90000
                """);
        alice.receiveOffer(update);
        says(alice.answer(List.of(stream("audio", 49170, Direction.SENDRECV, Format.of(0)),
                stream("audio", 53122, Direction.SENDRECV,
                        Format.of(110, "telephone-events", 8000, "")), mpv)).orElseThrow(),
                "2890844527", """
                m=audio 49170 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                m=audio 53122 RTP/AVP 110
                a=rtpmap:110 telephone-events/8000
                a=sendonly
                m=video 53000 RTP/AVP 32
                a=rtpmap:32 MPV/90000
                """);
    }

    //= rfc3264#5.1-3 inactive is marked
    //= rfc3264#8.3.2-6 after the answer only its formats are sent
    @Test void one_of_n_codecs_of_section_10_2() {
        var alice = new OfferAnswer(ALICE);
        var bob = new OfferAnswer(BOB);
        var dsp = stream("audio", 62986, Direction.INACTIVE,
                Format.of(0), Format.of(4), Format.of(18));
        bob.receiveOffer(alice.offer(List.of(dsp)));
        var audio = stream("audio", 54344, Direction.SENDRECV, Format.of(4), Format.of(0));
        var answer = bob.answer(List.of(audio)).orElseThrow();
        says(answer, "2890844730", """
                m=audio 54344 RTP/AVP 0 4
                a=rtpmap:0 PCMU/8000
                a=rtpmap:4 G723/8000
                a=inactive
                """);
        alice.receiveAnswer(answer);
        assertThat(alice.streams().getFirst().sends()).isFalse();
        var locked = alice.offer(List.of(
                stream("audio", 62986, Direction.SENDRECV, Format.of(4))));
        says(locked, "2890844527", "m=audio 62986 RTP/AVP 4\na=rtpmap:4 G723/8000\n");
        bob.receiveOffer(locked);
        alice.receiveAnswer(bob.answer(List.of(audio)).orElseThrow());
        says(bob.local().orElseThrow(), "2890844731",
                "m=audio 54344 RTP/AVP 4\na=rtpmap:4 G723/8000\n");
        assertThat(alice.streams().getFirst().format().orElseThrow().payloadType()).isEqualTo(4);
    }

    /// The description of Figure 1, with its lines in RFC 4566's order (erratum 2099).
    @Test void capabilities_of_section_9() {
        var carol = SessionDescription.parse(
                "v=0\no=carol 28908764872 28908764872 IN IP4 100.3.6.6\ns=-\n"
                + "c=IN IP4 192.0.2.4\nt=0 0\n");
        var c1016 = Format.of(1, "1016", 8000, "");
        //= rfc3264#9-3 a media description for each media type that is supported
        assertThat(Local.capabilities(carol, List.of(
                stream("audio", 9, Direction.SENDRECV, Format.of(0), c1016, Format.of(3)),
                stream("video", 9, Direction.SENDRECV, Format.of(31), Format.of(34)))).toString()
                .replace("\r", "").replace("a=sendrecv\n", "")).endsWith("""
                t=0 0
                m=audio 0 RTP/AVP 0 1 3
                a=rtpmap:0 PCMU/8000
                a=rtpmap:1 1016/8000
                a=rtpmap:3 GSM/8000
                m=video 0 RTP/AVP 31 34
                a=rtpmap:31 H261/90000
                a=rtpmap:34 H263/90000
                """);
    }
}
