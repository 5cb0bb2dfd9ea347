package p2psip.std.rfc3264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3264.OfferAnswer.*;
import p2psip.std.rfc4566.*;

/// Two sides that agree, and what they then send.
class OfferAnswerTest {
    private static final Local AUDIO = Local.audio(5004, Duration.ofMillis(20), List.of(
            Format.of(0), Format.of(8), Format.of(101, "telephone-event", 8000, "0-15")));

    private static final String EVENTS = "a=rtpmap:101 telephone-event/8000\n";

    private final OfferAnswer alice = new OfferAnswer(head("192.0.2.1"));
    private final OfferAnswer bob = new OfferAnswer(head("192.0.2.2"));

    private static SessionDescription head(String address) {
        var literal = InetAddress.ofLiteral(address);
        return SessionDescription.of(
                Origin.of("-", 7, 1, literal), Connection.of(literal), List.of());
    }

    /// A description in which only the media matter.
    private static SessionDescription sdp(String media) {
        return SessionDescription.parse(
                "v=0\no=- 9 1 IN IP4 192.0.2.9\ns= \nc=IN IP4 192.0.2.9\nt=0 0\n" + media);
    }

    /// What follows the session's part, without attributes that do not matter here.
    private static String media(SessionDescription sdp) {
        var text = sdp.toString().replace("\r", "");
        return text.substring(text.indexOf("m=")).replaceAll("a=ptime:20\n", "");
    }

    private SessionDescription exchange(List<Local> offered, List<Local> answered) {
        var offer = alice.offer(offered);
        assertThat(bob.receiveOffer(offer)).isEqualTo(Reception.TAKEN);
        var answer = bob.answer(answered).orElseThrow();
        assertThat(alice.receiveAnswer(answer)).isEqualTo(Reception.TAKEN);
        return answer;
    }

    private static Stream only(OfferAnswer side) { return side.streams().getFirst(); }

    @Test void the_example_of_the_package() {
        exchange(List.of(AUDIO), List.of(AUDIO.withPort(6004)));
        assertThat(only(alice).rtp()).contains(new InetSocketAddress("192.0.2.2", 6004));
        assertThat(only(alice).rtcp()).contains(new InetSocketAddress("192.0.2.2", 6005));
        //= rfc4566#4.1-1 data is sent to the remote address and port
        assertThat(only(bob).rtp()).contains(new InetSocketAddress("192.0.2.1", 5004));
        assertThat(only(alice).format().map(Format::map)).asString().contains("0 PCMU/8000");
        assertThat(only(alice).format("Telephone-Event")).contains(
                Format.of(101, "telephone-event", 8000, "0-15"));
        assertThat(only(bob).ptime()).contains(Duration.ofMillis(20));
        var hold = alice.offer(List.of(AUDIO.held()));
        assertThat(hold.origin().version()).isEqualTo(2);
        //= rfc3264#5.1-1 who wishes to only send marks the stream as sendonly
        assertThat(hold.toString()).contains("a=sendonly");
    }

    //= rfc3264#6.1-13 the offer's order and numbers
    //= rfc3264#6.1-17 in the same relative order
    //= rfc3264#6.1-31 and the payload type numbers of the offer are used to send
    @Test void an_answer_has_the_offers_order_and_numbers() {
        bob.receiveOffer(sdp("""
                m=audio 49170 RTP/AVP 18 96 8 97 0 98
                a=rtpmap:96 Telephone-Event/8000
                a=fmtp:96 0-16
                a=rtpmap:97 opus/48000/2
                a=rtpmap:98 PCMU/16000
                """));
        //= rfc3264#6.1-14 rtpmap attributes in the answer, for dynamic payload types too
        assertThat(media(bob.answer(List.of(AUDIO)).orElseThrow())).isEqualTo("""
                m=audio 5004 RTP/AVP 96 8 0
                a=rtpmap:96 telephone-event/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:0 PCMU/8000
                a=fmtp:96 0-15
                a=sendrecv
                """);
        assertThat(only(bob).sendFormats()).extracting(Format::payloadType)
                .containsExactly(96, 8, 0);
        assertThat(only(bob).format("telephone-event").orElseThrow().fmtp()).isEqualTo("0-16");
    }

    //= rfc3264#5.1-10 the offerer sends with the numbers of the answer
    @Test void an_answer_with_other_numbers_is_obeyed() {
        alice.offer(List.of(AUDIO));
        alice.receiveAnswer(sdp("m=audio 4000 RTP/AVP 8 110\na=rtpmap:110 telephone-event/8000\n"));
        assertThat(only(alice).sendFormats()).extracting(Format::payloadType)
                .containsExactly(8, 110);
        assertThat(only(alice).receiveFormats()).extracting(Format::payloadType)
                .containsExactly(0, 8, 101);
        //= rfc3264#6.1-16 the format with the highest preference of the answer is used
        //= rfc3264#7-2 which is the first listed
        assertThat(only(alice).format().map(Format::payloadType)).contains(8);
    }

    /// Seed P4: the ancestor's answers said nothing of the direction.
    //= rfc3264#6.1-6 inactive is answered with inactive, and so on
    //= rfc3264#6.1-3 sendonly is answered with recvonly or inactive
    //= rfc3264#6.1-4 recvonly with sendonly or inactive
    @Test void the_direction_is_answered() {
        for (var offered : Direction.values())
            for (var wished : Direction.values()) {
                var bob = new OfferAnswer(head("192.0.2.2"));
                bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\na=" + offered + "\n"));
                var answer = bob.answer(List.of(AUDIO.with(wished))).orElseThrow();
                var direction = answer.direction(answer.media().getFirst());
                //= rfc3264#6.1-5 to sendrecv it is sendonly, recvonly, sendrecv or inactive
                if (offered == Direction.SENDRECV) assertThat(direction).isEqualTo(wished);
                assertThat(direction.sends()).isEqualTo(wished.sends() && offered.receives());
                assertThat(direction.receives()).isEqualTo(wished.receives() && offered.sends());
                assertThat(only(bob).direction()).isEqualTo(direction);
                assertThat(only(bob).rtp().isPresent()).isEqualTo(direction.sends());
                //= rfc4566#6-7 RTCP packets are sent in every direction
                //= rfc4566#6-10 even in an inactive stream
                assertThat(only(bob).rtcp()).isPresent();
            }
    }

    //= rfc3264#8.4-1 held streams are sendonly, and answered without hold
    @Test void hold_and_resume() {
        exchange(List.of(AUDIO), List.of(AUDIO));
        var answer = exchange(List.of(AUDIO.held()), List.of(AUDIO));
        assertThat(media(answer)).contains("a=recvonly");
        assertThat(only(alice).direction()).isEqualTo(Direction.SENDONLY);
        assertThat(only(bob).sends()).isFalse();
        assertThat(only(bob).receives()).isTrue();
        exchange(List.of(AUDIO), List.of(AUDIO));
        assertThat(only(bob).sends()).isTrue();
        assertThat(AUDIO.with(Direction.RECVONLY).held().direction()).isEqualTo(Direction.INACTIVE);
    }

    //= rfc3264#8.4-3 nothing is sent to 0.0.0.0, neither RTP nor RTCP
    @Test void hold_of_the_old_kind() {
        var old = sdp("m=audio 9 RTP/AVP 0\nc=IN IP4 0.0.0.0\n");
        bob.receiveOffer(old);
        assertThat(media(bob.answer(List.of(AUDIO)).orElseThrow())).contains("a=recvonly");
        assertThat(only(bob).rtp()).isEmpty();
        assertThat(only(bob).rtcp()).isEmpty();
        // by ICE candidates say where to send to, and nobody is to wait
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\nc=IN IP4 0.0.0.0\na=ice-ufrag:8hhY\n"));
        bob.answer(List.of(AUDIO));
        assertThat(only(bob).direction()).isEqualTo(Direction.SENDRECV);
        assertThat(only(bob).rtp()).isEmpty();
        //= rfc3264#5.1-4 an omitted direction is sendrecv
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\n"));
        bob.answer(List.of(AUDIO));
        assertThat(only(bob).direction()).isEqualTo(Direction.SENDRECV);
        for (var type : List.of("AS", "CT", "TIAS")) {
            //= rfc3264#5.1¶11 nor where the bandwidth is zero
            bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\nb=" + type + ":0\n"));
            bob.answer(List.of(AUDIO));
            assertThat(only(bob).rtp()).isEmpty();
        }
    }

    //= rfc3264#6-8 a stream that is not wanted has port zero, and its place
    //= rfc3264#8.2-2 what is offered with port zero is answered with port zero
    //= rfc3264#6-3 the answer has the same number of m= lines
    @Test void streams_are_refused_one_by_one() {
        var offer = sdp("""
                m=video 51372 RTP/AVP 31
                m=audio 4000 RTP/SAVP 0
                m=audio 49170 RTP/AVP 0
                m=audio 224 RTP/AVP 0
                c=IN IP4 224.2.1.1/1
                m=audio 0 RTP/AVP 0
                m=audio 50000 RTP/AVP 99
                a=rtpmap:99 opus/48000/2
                """);
        bob.receiveOffer(offer);
        //= rfc3264#6-6 a stream may be rejected because nobody wants it
        var answer = bob.answer(List.of(AUDIO, AUDIO.withPort(7000))).orElseThrow();
        assertThat(answer.media()).extracting(m -> m.type() + " " + m.port()).containsExactly(
                "video 0", "audio 0", "audio 5004", "audio 0", "audio 0", "audio 0");
        assertThat(bob.streams()).extracting(Stream::accepted)
                .containsExactly(false, false, true, false, false, false);
        assertThat(bob.streams().getFirst().rtcp()).isEmpty();
    }

    //= rfc3264#6-7 no media for a stream that the other side has refused
    //= rfc3264#5.1-5 whose port is zero in the answer
    @Test void what_the_other_side_refuses_is_no_stream() {
        exchange(List.of(AUDIO, AUDIO.withPort(7000)), List.of(AUDIO));
        assertThat(alice.streams()).extracting(Stream::accepted).containsExactly(true, false);
    }

    @Test void an_offer_may_have_as_many_streams_as_are_counted_and_none_in_use() {
        //= rfc3264#6.1¶11 a session in which no media are wanted is not rejected
        bob.receiveOffer(sdp("m=audio 0 RTP/AVP 0\n".repeat(OfferAnswer.MAX_STREAMS)));
        assertThat(bob.answer(List.of(AUDIO)).orElseThrow().media())
                .hasSize(OfferAnswer.MAX_STREAMS).allMatch(m -> m.port() == 0);
        assertThat(bob.receiveOffer(sdp("m=audio 0 RTP/AVP 0\n"
                .repeat(OfferAnswer.MAX_STREAMS + 1)))).isEqualTo(Reception.INVALID);
    }

    @Test void an_encoding_is_answered_once_and_a_number_given_once() {
        var twice = Local.audio(5004, Duration.ofMillis(1), List.of(Format.of(0),
                Format.of(96, "PCMU", 8000, ""), Format.of(96, "opus", 48000, "")));
        //= rfc3264#8.3.2-4 a number means one encoding
        assertThat(alice.offer(List.of(twice)).media().getFirst().formats())
                .doesNotHaveDuplicates().hasSize(3);
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\n"));
        //= rfc3264#6.1-10 what both have, by the number of the offer
        assertThat(bob.answer(List.of(twice)).orElseThrow().media().getFirst().formats())
                .containsExactly("0");
    }

    //= rfc3264#6.1-24 nothing in common, no session
    //= rfc3264#6-4 zero m= lines are answered with zero
    @Test void with_nothing_in_common_the_offer_is_refused() {
        bob.receiveOffer(sdp("m=audio 49170 RTP/AVP 18\nm=video 6 RTP/AVP 31\n"));
        assertThat(bob.answer(List.of(AUDIO))).isEmpty();
        assertThat(bob.state()).isEqualTo(State.IDLE);
        assertThat(bob.streams()).isEmpty();
        bob.receiveOffer(sdp(""));
        assertThat(bob.answer(List.of(AUDIO)).orElseThrow().media()).isEmpty();
    }

    //= rfc3264#4-3,4 one offer at a time; none before an offer received is answered
    @Test void who_may_offer_when() {
        assertThat(alice.receiveAnswer(sdp(""))).isEqualTo(Reception.OUT_OF_TURN);
        assertThatThrownBy(() -> alice.answer(List.of())).isInstanceOf(IllegalStateException.class);
        var offer = alice.offer(List.of(AUDIO));
        assertThatThrownBy(() -> alice.offer(List.of())).isInstanceOf(IllegalStateException.class);
        assertThat(alice.receiveOffer(offer)).isEqualTo(Reception.GLARE);
        assertThat(alice.state().citation()).isEqualTo("rfc3264#5");
        bob.receiveOffer(offer);
        assertThat(bob.receiveOffer(offer)).isEqualTo(Reception.OUT_OF_TURN);
        assertThatThrownBy(() -> bob.offer(List.of())).isInstanceOf(IllegalStateException.class);
        alice.rejected();
        bob.rejected();
        exchange(List.of(AUDIO), List.of(AUDIO));
        assertThat(alice.receiveAnswer(sdp(""))).isEqualTo(Reception.OUT_OF_TURN);
    }

    //= rfc3264#4¶3 a refused offer leaves things as they were
    @Test void a_refused_update_changes_nothing() {
        exchange(List.of(AUDIO), List.of(AUDIO));
        var before = alice.streams();
        alice.offer(List.of(AUDIO.held()));
        alice.rejected();
        assertThat(alice.streams()).isEqualTo(before);
        assertThat(alice.offer(List.of(AUDIO)).origin().version()).isEqualTo(3);
    }

    //= rfc3264#8-4 the version grows with a change only, and by one
    //= rfc3264#8-5 without an increment it is identical
    //= rfc3261#14.1-2 the version of a changed session description is another
    @Test void the_version_tells_of_changes() {
        exchange(List.of(AUDIO), List.of(AUDIO));
        var versions = new ArrayList<String>();
        for (var local : List.of(AUDIO, AUDIO, AUDIO.held(), AUDIO.held(), AUDIO)) {
            exchange(List.of(local), List.of(AUDIO));
            //= rfc3264#8-3 an offer like the last has an answer like the last
            versions.add(alice.local().orElseThrow().origin().version() + "/"
                    + bob.local().orElseThrow().origin().version());
        }
        assertThat(versions).containsExactly("1/1", "1/1", "2/2", "2/2", "3/3");
        assertThat(bob.local().orElseThrow().origin().sessionId())
                .isEqualTo(head("192.0.2.2").origin().sessionId());
    }

    @Test void an_offer_is_a_whole_description() {
        var offer = alice.offer(List.of(AUDIO, AUDIO.withPort(5006)));
        //= rfc3264#5-1 it is a valid SDP message, with all its media
        assertThat(SessionDescription.parse(offer.toString())).isEqualTo(offer);
        assertThat(offer.media()).hasSize(2);
        var lines = offer.toString().lines().toList();
        //= rfc3264#5-2 it has neither an e= nor a p= line
        assertThat(lines).noneMatch(l -> l.startsWith("e=") || l.startsWith("p="));
        assertThat(lines).noneMatch(l -> l.startsWith("i=") || l.startsWith("u="));
        //= rfc3264#5-6,7 the session is named by a single space, and its time is 0 0
        assertThat(lines).contains("s= ", "t=0 0");
        //= rfc3551#3-5 no dynamic payload type without its mapping
        assertThat(lines).contains("a=rtpmap:101 telephone-event/8000");
        //= rfc3264#5-5 two descriptions in one message are none
        assertThatThrownBy(() -> SessionDescription.parse(offer.toString() + offer))
                .hasMessageContaining("v=0");
    }

    @Test void what_an_offer_says_of_its_formats() {
        var offer = alice.offer(List.of(AUDIO)).toString();
        //= rfc4566#8.2.3-1 the payload type numbers are the formats
        //= rfc3264#5.1-13 in order of preference, the first is the preferred
        assertThat(offer).contains("m=audio 5004 RTP/AVP 0 8 101\r\n");
        //= rfc4566#8.2.3-2 the dynamic one with an additional rtpmap attribute
        assertThat(offer).contains("a=rtpmap:101 telephone-event/8000\r\n");
        //= rfc4566#5.12-7 there is no key field
        //= rfc4566#7-7,8 so no key material is conveyed, for the k= line is not recommended
        assertThat(offer).doesNotContain("\r\nk=");
    }

    @Test void what_a_side_must_not_be_made_of() {
        var literal = InetAddress.ofLiteral("192.0.2.1");
        var large = (1L << 62) - 2;
        new OfferAnswer(head("192.0.2.1").withOrigin(Origin.of("-", 7, large, literal)));
        //= rfc3264#5-4 an initial version that is not less than 2^62 - 1
        assertThatThrownBy(() -> new OfferAnswer(head("192.0.2.1")
                .withOrigin(Origin.of("-", 7, large + 1, literal))))
                .hasMessageContaining("version");
        //= rfc3264#5-3 a session id that fits into no signed 64 bits
        assertThatThrownBy(() -> Origin.of("-", -1, 1, literal)).hasMessageContaining("-1");
        //= rfc3264#6.1-1 an address that is no unicast address
        assertThatThrownBy(() -> new OfferAnswer(SessionDescription.of(
                Origin.of("-", 7, 1, literal),
                new Connection("IN", "IP4", "224.2.1.1", OptionalInt.of(1), 1),
                List.of()))).hasMessageContaining("multicast");
        //= rfc3264#5.1-15 a ptime of zero, and a peer's is not believed
        assertThatThrownBy(() -> Local.audio(4, Duration.ZERO, List.of(Format.of(0))))
                .hasMessageContaining("ptime");
        assertThat(sdp("m=audio 4 RTP/AVP 0\na=ptime:0\n").media().getFirst().ptime()).isEmpty();
    }

    @Test void an_answer_is_what_both_have() {
        var g72x = List.of(Format.of(8), Format.of(48, "G722", 16000, ""), Format.of(0));
        for (var direction : List.of("sendrecv", "sendonly", "recvonly")) {
            var bob = new OfferAnswer(head("192.0.2.2"));
            bob.receiveOffer(sdp("m=audio 9 RTP/AVP 8 22 48\na=rtpmap:22 MP2/8000\n"
                    + "a=rtpmap:48 G722/16000\na=fmtp:48 x=1\na=" + direction + "\n"));
            var answer = media(bob.answer(List.of(
                    Local.audio(5004, Duration.ofMillis(20), g72x))).orElseThrow());
            //= rfc3264#6.1-7 of what is offered to be received a format for recvonly
            //= rfc3264#6.1-9 and to be sent one for sendonly, or codecs for both
            //= rfc3264#6.1-18 8 and 48 remain, in this order
            assertThat(answer).startsWith("m=audio 5004 RTP/AVP 8 48\n");
            //= rfc3264#6.1-20 without the parameters of the offer
            assertThat(answer).doesNotContain("fmtp");
        }
    }

    @Test void a_stream_of_one_way_has_a_port_and_says_what_it_would_like() {
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0\na=recvonly\n"));
        var answer = bob.answer(List.of(AUDIO)).orElseThrow().toString();
        //= rfc3264#6.1-12 the address and port are present in a sendonly stream
        assertThat(answer).contains("c=IN IP4 192.0.2.2", "m=audio 5004 ", "a=sendonly");
        //= rfc3264#6.1-22 the answer has a ptime
        assertThat(answer).contains("a=ptime:20");
    }

    @Test void the_formats_of_a_stream_come_and_go() {
        exchange(List.of(AUDIO), List.of(AUDIO));
        var next = Local.audio(5004, Duration.ofMillis(20),
                List.of(Format.of(8), Format.of(97, "opus", 48000, "")));
        //= rfc3264#8.3.2-1,2 the list of formats is changed; one is new, and two are removed
        assertThat(alice.offer(List.of(next)).media().getFirst().formats())
                .containsExactly("8", "97");
    }

    @Test void numbers_that_look_like_reports_are_passed_over() {
        //= rfc3550#12-1 payload types that with the marker bit read 200 or 201 are avoided
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 72 73 8\na=rtpmap:72 PCMU/8000\n"
                + "a=rtpmap:73 telephone-event/8000\n"));
        assertThat(bob.answer(List.of(AUDIO)).orElseThrow().media().getFirst().formats())
                .containsExactly("8");
    }

    @Test void a_static_number_is_bound_anew() {
        //= rfc3551#3-4 by a mapping, a static payload type means another encoding
        bob.receiveOffer(sdp("m=audio 9 RTP/AVP 0 8\na=rtpmap:0 opus/48000/2\n"));
        bob.answer(List.of(AUDIO));
        assertThat(only(bob).sendFormats()).extracting(Format::payloadType).containsExactly(8);
    }

    //= rfc3261#14.2-11 what the side that was called offers overlaps with the previous description
    @Test void a_new_offer_of_the_callee_needs_nothing_new_from_the_caller() {
        exchange(List.of(AUDIO), List.of(AUDIO));
        var before = bob.local().orElseThrow().media().getFirst();
        var video = new Local("video", "RTP/AVP", 5008, List.of(Format.of(31)),
                Direction.SENDRECV, List.of());
        var offer = bob.offer(List.of(video, AUDIO)).media();
        assertThat(offer).extracting(m -> m.type() + " " + m.proto())
                .containsExactly("audio " + before.proto(), "video RTP/AVP");
        assertThat(offer.getFirst().port()).isEqualTo(before.port());
        assertThat(offer.getFirst().formats()).containsAll(before.formats());
    }

    //= rfc3264#8.1-1 new streams appear below the others
    //= rfc3264#8-10 deleted streams are not removed
    @Test void streams_come_and_go_but_keep_their_places() {
        var second = AUDIO.withPort(5006);
        var video = new Local("video", "RTP/AVP", 5008, List.of(Format.of(31)),
                Direction.SENDRECV, List.of());
        exchange(List.of(AUDIO), List.of(AUDIO, second, video));
        //= rfc3264#8-1 a new offer modifies the session
        exchange(List.of(AUDIO, second), List.of(AUDIO, second, video));
        assertThat(ports()).containsExactly(5004, 5006);
        //= rfc3264#8.3.1-6 the answer's streams are the same as before
        exchange(List.of(AUDIO, second), List.of(second, AUDIO));
        assertThat(bob.local().orElseThrow().media()).extracting(m -> m.port())
                .containsExactly(5004, 5006);
        exchange(List.of(second), List.of(AUDIO, second, video));
        assertThat(ports()).containsExactly(0, 5006);
        exchange(List.of(video, second), List.of(AUDIO, second, video));
        assertThat(ports()).containsExactly(5008, 5006);
        exchange(List.of(second.withPort(6000)), List.of(AUDIO, second));
        assertThat(ports()).containsExactly(0, 6000);
    }

    private List<Integer> ports() {
        var ports = alice.local().orElseThrow().media().stream().map(m -> m.port()).toList();
        assertThat(bob.local().orElseThrow().media()).hasSameSizeAs(ports);
        return ports;
    }

    /// Keys are no conversation.
    @Test void a_stream_of_keys_alone_is_not_taken() {
        bob.receiveOffer(sdp("m=audio 4 RTP/AVP 3 101\n" + EVENTS));
        assertThat(bob.answer(List.of(AUDIO))).isEmpty();
        //= rfc3264#6.1-24 this stream is rejected, and the next one is not
        bob.receiveOffer(sdp("m=audio 4 RTP/AVP 101\n" + EVENTS + "m=audio 6 RTP/AVP 8\n"));
        assertThat(bob.answer(List.of(AUDIO)).orElseThrow().media()).extracting(Media::port)
                .containsExactly(0, 5004);
    }

    //= rfc3264#8-2 an offer may be identical to the last description
    //= rfc3264#8-3 and so may the answer
    @Test void what_is_agreed_may_be_offered_again() {
        var answer = exchange(List.of(AUDIO), List.of(AUDIO.with(Direction.RECVONLY)));
        var again = bob.repeat();
        assertThat(again).isEqualTo(answer);
        assertThat(alice.receiveOffer(again)).isEqualTo(Reception.TAKEN);
        alice.answer(List.of(AUDIO));
        assertThatThrownBy(bob::repeat).hasMessageContaining("OFFERED");
        //  an offer that was refused had a version of its own
        bob.rejected();
        bob.offer(List.of(AUDIO.held()));
        bob.rejected();
        assertThat(bob.repeat().origin().version()).isEqualTo(3);
    }

    @Test void an_answer_may_refuse_what_was_offered() {
        alice.offer(List.of(AUDIO));
        assertThat(alice.receiveAnswer(sdp("m=audio 0 RTP/SAVP 3\n"))).isEqualTo(Reception.TAKEN);
        assertThat(only(alice).accepted()).isFalse();
    }

    //= rfc3264#8-9 an offer with fewer m= lines than the previous one is none
    //= rfc3264#6.1-2 an answer of another media type is none
    @Test void descriptions_that_break_the_rules_are_refused() {
        bob.receiveOffer(sdp("m=audio 4 RTP/AVP 0\nm=audio 6 RTP/AVP 0\n"));
        bob.answer(List.of(AUDIO));
        assertThat(bob.receiveOffer(sdp("m=audio 4 RTP/AVP 0\n"))).isEqualTo(Reception.INVALID);
        assertThat(bob.state()).isEqualTo(State.IDLE);
        assertThat(bob.receiveOffer(sdp("m=audio 4 RTP/AVP 0\n".repeat(65))))
                .isEqualTo(Reception.INVALID);
        for (var answer : List.of("", "m=video 4 RTP/AVP 0\n", "m=audio 4 RTP/AVP 0\n".repeat(2),
                "m=audio 4 RTP/SAVP 0\n",
                //= rfc3264#6.1-10 no codec is from amongst those of the offer
                "m=audio 4 RTP/AVP 3\n", "m=audio 4 RTP/AVP 3 101\n" + EVENTS)) {
            alice.offer(List.of(AUDIO));
            assertThat(alice.receiveAnswer(sdp(answer))).isEqualTo(Reception.INVALID);
            assertThat(alice.state()).isEqualTo(State.IDLE);
        }
    }

    //= rfc3264#8.3.2-3 a number never changes its meaning
    @Test void numbers_keep_their_meaning() {
        bob.receiveOffer(sdp("""
                m=audio 4 RTP/AVP 0 101 100
                a=rtpmap:101 G726-32/8000
                a=rtpmap:100 telephone-event/8000
                """));
        var g726 = Format.of(102, "G726-32", 8000, "");
        var local = Local.audio(5004, Duration.ofMillis(20), List.of(Format.of(0), g726,
                Format.of(101, "telephone-event", 8000, "0-15")));
        bob.answer(List.of(local));
        assertThat(bob.offer(List.of(local)).media().getFirst().rtpMaps()).asString()
                .isEqualTo("[0 PCMU/8000, 102 G726-32/8000, 100 telephone-event/8000]");
    }

    @Test void each_fork_agrees_by_itself() {
        alice.offer(List.of(AUDIO));
        var fork = alice.fork();
        alice.receiveAnswer(sdp("m=audio 4 RTP/AVP 0\n"));
        fork.receiveAnswer(sdp("m=audio 6 RTP/AVP 8\n"));
        assertThat(only(alice).rtp().orElseThrow().getPort()).isEqualTo(4);
        assertThat(only(fork).format().orElseThrow().payloadType()).isEqualTo(8);
    }

    //= rfc3264#9-2,5 all formats, but no port; the t= line is 0 0
    @Test void capabilities_set_up_nothing() {
        var time = Time.between(Instant.EPOCH, Instant.EPOCH);
        var can = Local.capabilities(sdp("").withTimes(List.of(time)), List.of(AUDIO));
        //= rfc3264#9-1 it is a valid SDP
        assertThat(SessionDescription.parse(can.toString())).isEqualTo(can);
        assertThat(can.times()).asString().isEqualTo("[0 0]");
        assertThat(can.media().getFirst().port()).isZero();
        //= rfc3264#9-7 an rtpmap attribute binds each dynamic payload type to its format
        assertThat(can.media().getFirst().rtpMaps()).hasSize(3);
    }
}
