package p2psip.std.rfc4568;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc7714.AeadSuite;

/// Two sides that make offers and answers with keys in them.
class SdesTest {
    private static final List<CryptoSuite> SUITES = List.of(AeadSuite.AEAD_AES_128_GCM,
            HmacSuite.AES_CM_128_HMAC_SHA1_80, HmacSuite.AES_CM_128_HMAC_SHA1_32);

    private static final class Side {
        final Sdes sdes;
        final OfferAnswer session;
        Local local;

        Side(String host, List<CryptoSuite> suites, Signalling signalling, long seed) {
            sdes = new Sdes(new Sdes.Rules(suites, false, signalling), new SplittableRandom(seed));
            session = new OfferAnswer(SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 " + host
                    + "\r\ns= \r\nc=IN IP4 " + host + "\r\nt=0 0\r\n"), sdes);
            local = secure(5004);
        }

        SessionDescription offer() { return session.offer(List.of(local)); }

        SessionDescription answer(SessionDescription offer) {
            session.receiveOffer(offer);
            sdes.offered(offer);
            return session.answer(List.of(local)).orElseThrow();
        }

        List<Integer> take(SessionDescription answer) {
            assertThat(session.receiveAnswer(answer)).isEqualTo(OfferAnswer.Reception.TAKEN);
            return sdes.answered(answer);
        }

        Sdes.Agreed agreed() { return sdes.agreed(0).orElseThrow(); }
    }

    private static Local secure(int port) {
        return new Local("audio", "RTP/SAVP", port, List.of(Format.of(0)), Direction.SENDRECV,
                List.of());
    }

    private final Side alice = new Side("192.0.2.1", SUITES, Signalling.SECURED, 1);
    private final Side bob = new Side("192.0.2.2", List.of(HmacSuite.AES_CM_128_HMAC_SHA1_80,
            AeadSuite.AEAD_AES_128_GCM), Signalling.SECURED, 2);

    private void agree(Side offerer, Side answerer) {
        assertThat(offerer.take(answerer.answer(offerer.offer()))).isEmpty();
    }

    private static List<CryptoAttribute> lines(SessionDescription description) {
        return description.media().getFirst().all("crypto").map(CryptoAttribute::parse).toList();
    }

    private static SessionDescription with(SessionDescription description, String... lines) {
        var medium = description.media().getFirst();
        var attributes = new ArrayList<>(medium.attributes().stream()
                .filter(a -> !a.name().equals("crypto")).toList());
        for (var line : lines) attributes.add(new Attribute("crypto", line));
        return description.withMedia(List.of(Media.of(medium.type(), medium.port(), medium.proto(),
                medium.formats(), attributes)));
    }

    private static void heard(Side from, Side to) {
        var sender = new SrtpSender(from.agreed().sending().policy(),
                from.agreed().sending().keys().getFirst());
        var receiver = new SrtpReceiver(to.agreed().receiving().policy(),
                to.agreed().receiving().keys().getFirst());
        var packet = ByteBuffer.allocate(100).putInt(0x8000_0001).putInt(0).putInt(7).putInt(9)
                .flip();
        assertThat(sender.protectRtp(packet)).isEqualTo(Verdict.DONE);
        assertThat(receiver.unprotectRtp(packet)).isEqualTo(Verdict.DONE);
        assertThat(packet.getInt(12)).isEqualTo(9);
    }

    /// The example of the package's door.
    //= rfc4568#5.1-1 the rules of RFC 3264 are followed, with these in addition
    //= rfc4568#7.1-1 general offer/answer rules are followed too
    //= rfc4568#7.1.1-4 nobody uses the same key as the other
    @Test void both_sides_hear_each_other_afterwards() {
        //= rfc4568#7.1.2-5 the answer has a master key different from those in the offer
        //= rfc4568#6.4-2 unique master keys for sender and receiver
        //= rfc3711#9.1-2 by automatic key management
        agree(alice, bob);
        assertThat(alice.agreed().sending().policy().suite())
                .isEqualTo(AeadSuite.AEAD_AES_128_GCM);
        heard(alice, bob);
        heard(bob, alice);
        assertThat(alice.agreed().sending().keys())
                .isNotEqualTo(alice.agreed().receiving().keys());
        assertThat(alice.agreed().secret()).isTrue();
        //= rfc4568#6.4.2-1 a master key is replaced before 2^31 packets of all SSRCs together
        assertThat(alice.agreed().sending().keys().getFirst().rtpLifetime()).isEqualTo(1L << 31);
        assertThat(alice.agreed().receiving().keys().getFirst().rtpLifetime())
                .isEqualTo(1L << 48);
        assertThat(alice.agreed().sendAnew() && alice.agreed().receiveAnew()).isTrue();
    }

    //= rfc4568#5.1.1-1,2 one or more crypto attributes for the stream, each of a unique tag
    //= rfc4568#4.1-2 tags unique for a media line
    //= rfc4568#7.1.1-2 the initial offer has at least one valid description
    @Test void an_offer_has_a_line_for_each_suite_the_preferred_one_first() {
        var lines = lines(alice.offer());
        assertThat(lines).extracting(CryptoAttribute::tag).containsExactly(1, 2, 3);
        assertThat(lines).extracting(CryptoAttribute::suite).containsExactly("AEAD_AES_128_GCM",
                "AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32");
        assertThat(lines).allMatch(line -> line.protection().isPresent());
        assertThat(lines.stream().flatMap(l -> l.keys().stream()).map(InlineKey::keyAndSalt)
                //= rfc4568#6.1-4 each key unique in the SDP message
                .distinct()).hasSize(3);
    }

    //= rfc4568#4-1 at media level, not at the session level
    //= rfc4568#6-1 with the SRTP transport only
    //= rfc3711#8-4 no two streams share a master key
    @Test void only_media_over_secure_rtp_have_such_lines() {
        //= rfc3711#9.1-3 nor do different sessions
        var plain = Local.audio(5006, Duration.ofMillis(20), List.of(Format.of(0)));
        var feedback = new Local("video", "RTP/SAVPF", 5008,
                List.of(Format.of(96, "VP8", 90_000, "")), Direction.SENDRECV, List.of());
        var offer = alice.session.offer(List.of(alice.local, plain, feedback));
        assertThat(offer.has("crypto")).isFalse();
        assertThat(offer.media()).extracting(m -> m.all("crypto").count())
                .containsExactly(3L, 0L, 3L);
        assertThat(offer.media().stream().flatMap(m -> m.all("crypto"))
                .map(CryptoAttribute::parse).map(l -> l.keys().getFirst().keyAndSalt()).distinct())
                .hasSize(6);
        var session = bob.answer(offer.withAttributes(List.of(
                new Attribute("crypto", lines(offer).getFirst().value())))
                .withMedia(with(offer).media()));
        assertThat(session.media().getFirst().port()).isZero();
    }

    //= rfc4568#5.1.2-1 exactly one of the offered attributes is accepted
    //= rfc4568#5.1.2-2 the most preferred that is supported
    //= rfc4568#5.1.2-4,5 its tag and suite are in the answer
    @Test void an_answer_takes_the_first_line_that_does() {
        //= rfc4568#7.1.2-1,2 the answerer accepts one and only one of the crypto lines
        var offer = alice.offer();
        var all = lines(offer).stream().map(CryptoAttribute::value).toList();
        var answer = bob.answer(with(offer, "7 AES_CM_128_HMAC_SHA1_32" + all.get(2).substring(25),
                "9 AES_CM_128_HMAC_SHA1_80" + all.get(1).substring(25), all.get(0)));
        assertThat(lines(answer)).singleElement().satisfies(line -> {
            assertThat(line.tag()).isEqualTo(9);
            assertThat(line.suite()).isEqualTo("AES_CM_128_HMAC_SHA1_80");
        });
    }

    //= rfc4568#5.1.1-4 any of the attributes that the offer includes may be taken
    //= rfc4568#7.1.1-1 the initial offer
    @Test void whichever_line_is_taken_its_key_is_there() {
        for (var suite : SUITES) {
            var one = new Side("192.0.2.1", SUITES, Signalling.SECURED, 11);
            var other = new Side("192.0.2.2", List.of(suite), Signalling.SECURED, 12);
            agree(one, other);
            heard(one, other);
            heard(other, one);
        }
    }

    //= rfc4568#5.1.2-6 a key, irrespective of direction
    @Test void on_hold_there_is_a_key_as_well() {
        alice.local = alice.local.with(Direction.INACTIVE);
        assertThat(lines(bob.answer(alice.offer()))).hasSize(1);
    }

    //= rfc4568#5.1.2-3 none valid or none supported: the stream is rejected
    //= rfc4568#7.1.2-3,8 all parameters must be acceptable, or the media stream is rejected
    @Test void a_stream_without_a_line_that_does_is_refused() {
        var offer = alice.offer();
        var gcm = lines(offer).getFirst().value();
        var cm = lines(offer).get(1).value();
        for (var refused : List.of(List.<String>of(), List.of("nonsense"),
                List.of(lines(offer).get(2).value()), List.of(gcm + " UNKNOWN=1"),
                List.of(cm + " UNENCRYPTED_SRTP"), List.of(cm + " UNENCRYPTED_SRTCP"),
                List.of(cm.substring(0, cm.length() - 4)),
                // two of one tag: nobody could say which was meant
                List.of("1" + cm.substring(1), "1" + gcm.substring(1)))) {
            var side = new Side("192.0.2.2", List.of(HmacSuite.AES_CM_128_HMAC_SHA1_80,
                    AeadSuite.AEAD_AES_128_GCM), Signalling.SECURED, 2);
            var changed = with(offer, refused.toArray(String[]::new));
            assertThat(side.sdes.takes(changed.media().getFirst())).as(refused.toString())
                    .isFalse();
            var answer = side.answer(changed);
            assertThat(answer.media().getFirst().port()).as(refused.toString()).isZero();
            assertThat(answer.media().getFirst().has("crypto")).isFalse();
            assertThat(side.sdes.agreed(0)).isEmpty();
            assertThat(side.session.streams().getFirst().accepted()).isFalse();
        }
    }

    @Test void of_thousands_of_lines_only_so_many_are_looked_at() {
        var offer = alice.offer();
        var lines = new ArrayList<>(Collections.nCopies(Sdes.MAX_LINES, "1 X inline:AAAA"));
        lines.add("2" + lines(offer).getFirst().value().substring(1));
        assertThat(bob.sdes.takes(with(offer, lines.toArray(String[]::new)).media().getFirst()))
                .isFalse();
        lines.removeFirst();
        assertThat(bob.sdes.takes(with(offer, lines.toArray(String[]::new)).media().getFirst()))
                .isTrue();
    }

    //= rfc4568#5.1.2-7 negotiated parameters are included in the answer
    //= rfc4568#5.1.3-3 and verified by whoever has offered them
    @Test void who_allows_it_agrees_to_leave_something_in_clear() {
        var open = new Side("192.0.2.2", SUITES, Signalling.SECURED, 3);
        var rules = new Sdes.Rules(SUITES, true, Signalling.SECURED);
        var sdes = new Sdes(rules, new SplittableRandom(4));
        var offer = alice.offer();
        var line = lines(offer).get(1).value() + " KDR=3 WSH=100 UNENCRYPTED_SRTCP";
        var changed = with(offer, line);
        sdes.offered(changed);
        var answer = sdes.to(with(open.offer()), false);
        assertThat(lines(answer)).singleElement().satisfies(one -> assertThat(one.parameters())
                .containsExactly(new SessionParameter.UnencryptedSrtcp()));
        assertThat(sdes.agreed(0).orElseThrow().sending().policy().encryptRtcp()).isFalse();
        assertThat(sdes.agreed(0).orElseThrow().sending().policy().keyDerivationRate()).isZero();
        assertThat(sdes.agreed(0).orElseThrow().receiving().policy().keyDerivationRate())
                .isEqualTo(8);
        // alice has offered nothing of the kind
        alice.session.receiveAnswer(answer);
        assertThat(alice.sdes.answered(answer)).containsExactly(0);
    }

    //= rfc4568#5.1.3-1,2 one of the offered suites and its tag echoed, with keys
    //= rfc4568#5.1.3-4,5 with declarative parameters that are supported, or the negotiation fails
    @Test void an_answer_that_does_not_fit_fails() {
        var offer = alice.offer();
        var answer = bob.answer(offer);
        var good = lines(answer).getFirst().value();
        //= rfc4568#7.1.3-2,3 a crypto line that is not valid or not supported
        for (var bad : List.of(good.replaceFirst("1", "2"), good.replaceFirst("1", "4"),
                "1 AES_CM_128_HMAC_SHA1_80" + lines(offer).get(1).value().substring(25),
                good.substring(0, good.length() - 4), good + " UNKNOWN", good + " FEC_KEY=x",
                good + " UNENCRYPTED_SRTCP", lines(offer).getFirst().value(), "nonsense")) {
            var fork = alice.sdes.fork();
            assertThat(fork.answered(with(answer, bad))).as(bad).containsExactly(0);
            assertThat(fork.agreed(0)).isEmpty();
        }
        var twice = alice.sdes.fork();
        assertThat(twice.answered(with(answer, good, good))).containsExactly(0);
        assertThat(twice.answered(with(answer, good, "nonsense"))).containsExactly(0);
        assertThat(alice.sdes.answered(with(answer, good + " KDR=4 -X"))).isEmpty();
        assertThat(alice.agreed().receiving().policy().keyDerivationRate()).isEqualTo(16);
    }

    //= rfc4568#7.1.3-4 a stream without keys: its negotiation is deemed to have failed
    //= rfc4568#5.3-1 a stream accepted without a crypto line: negotiation fails
    //= rfc4568#7.4-1 deemed to have failed
    @Test void who_accepts_without_keys_has_not_understood() {
        var answer = with(bob.answer(alice.offer()));
        assertThat(alice.take(answer)).containsExactly(0);
        assertThat(alice.sdes.agreed(0)).isEmpty();
        // one that was refused is no failure
        var other = new Side("192.0.2.1", SUITES, Signalling.SECURED, 8);
        var nobody = new Side("192.0.2.2", List.of(HmacSuite.F8_128_HMAC_SHA1_80),
                Signalling.SECURED, 9);
        assertThat(other.take(nobody.answer(other.offer()))).isEmpty();
        assertThat(other.sdes.agreed(0)).isEmpty();
    }

    @Test void over_signalling_that_anybody_reads_no_keys_are_told_or_taken() {
        var exposed = new Side("192.0.2.1", SUITES, Signalling.EXPOSED, 5);
        assertThat(exposed.offer().media().getFirst().port()).isZero();
        assertThat(exposed.sdes.agreed(0)).isEmpty();
        var other = new Side("192.0.2.2", SUITES, Signalling.EXPOSED, 6);
        assertThat(other.answer(alice.offer()).media().getFirst().port()).isZero();
        var warned = new Side("192.0.2.1", SUITES, Signalling.EXPOSED_KNOWINGLY, 7);
        agree(warned, bob);
        assertThat(warned.agreed().secret()).isFalse();
    }

    //= rfc4568#5.1.4-3 the attribute is in each new exchange
    //= rfc4568#7.1.4-1 which follows the steps again
    @Test void with_nothing_new_keys_and_description_stay_as_they_are() {
        agree(alice, bob);
        var first = alice.session.local().orElseThrow();
        var before = alice.agreed();
        agree(alice, bob);
        assertThat(alice.session.local()).contains(first);
        assertThat(alice.agreed().sending()).isEqualTo(before.sending());
        assertThat(alice.agreed().receiving()).isEqualTo(before.receiving());
        assertThat(alice.agreed().sendAnew() || alice.agreed().receiveAnew()).isFalse();
        // and whoever offers next
        agree(bob, alice);
        assertThat(bob.agreed().sending().policy().suite())
                .isEqualTo(HmacSuite.AES_CM_128_HMAC_SHA1_80);
        heard(alice, bob);
        heard(bob, alice);
    }

    //= rfc4568#5.1.4-1,2 modified at any time, to perform a re-keying
    //= rfc4568#6.2.1-1 easy re-keying
    @Test void new_keys_by_another_offer() {
        agree(alice, bob);
        var before = alice.agreed();
        alice.sdes.renew();
        agree(alice, bob);
        assertThat(alice.agreed().sending().keys()).isNotEqualTo(before.sending().keys());
        assertThat(alice.agreed().receiving()).isEqualTo(before.receiving());
        assertThat(bob.agreed().receiving().keys().getFirst().key())
                .isEqualTo(alice.agreed().sending().keys().getFirst().key());
        // the same streams go on, indices and all
        assertThat(alice.agreed().sendAnew() || bob.agreed().receiveAnew()).isFalse();
    }

    //= rfc4568#7.1.4-2 with another port the offer has a new master key
    //= rfc4568#7.1.4-3 so has an answer from another address or port
    @Test void at_another_port_there_are_new_keys_and_indices_begin_again() {
        agree(alice, bob);
        var before = alice.agreed();
        alice.local = secure(6004);
        agree(alice, bob);
        assertThat(alice.agreed().sending().keys()).isNotEqualTo(before.sending().keys());
        assertThat(alice.agreed().sendAnew()).isTrue();
        assertThat(bob.agreed().receiveAnew()).isTrue();
        assertThat(bob.agreed().sendAnew() || alice.agreed().receiveAnew()).isFalse();
        bob.local = secure(7004);
        var theirs = bob.agreed().sending();
        agree(alice, bob);
        assertThat(bob.agreed().sending().keys()).isNotEqualTo(theirs.keys());
        assertThat(bob.agreed().sendAnew() && alice.agreed().receiveAnew()).isTrue();
    }

    @Test void after_an_offer_that_was_rejected_all_is_as_it_was() {
        agree(alice, bob);
        var before = alice.agreed();
        alice.local = secure(6004);
        alice.offer();
        alice.session.rejected();
        alice.sdes.rejected();
        assertThat(alice.sdes.agreed(0)).contains(before);
        alice.local = secure(5004);
        agree(alice, bob);
        assertThat(alice.agreed().sending()).isEqualTo(before.sending());
    }

    //= rfc4568#7.5-2,4 an answer has its crypto line, and neither keymgt nor k=
    @Test void other_ways_to_tell_keys_are_not_answered() {
        var offer = alice.offer();
        var medium = offer.media().getFirst();
        var attributes = new ArrayList<>(medium.attributes());
        attributes.add(new Attribute("keymgt", "mikey AQAFgM0XflABAAAA"));
        var changed = offer.withMedia(List.of(new Media(medium.type(), medium.port(), 1,
                medium.proto(), medium.formats(), "", List.of(), List.of(), "clear:secret",
                attributes)));
        var answer = bob.answer(changed).media().getFirst();
        assertThat(answer.has("crypto")).isTrue();
        assertThat(answer.has("keymgt")).isFalse();
        assertThat(answer.key()).isEmpty();
    }
}
