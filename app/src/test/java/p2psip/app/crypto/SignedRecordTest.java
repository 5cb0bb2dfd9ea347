package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.gson.JsonObject;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.SignedRecord.*;
import p2psip.std.Bytes;

class SignedRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String KEY = "sip:alice@example.com";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Identity ALICE = Identity.generate(KEY, new SplittableRandom(1));
    private static final Identity MALLORY = Identity.generate(KEY, new SplittableRandom(2));
    private static final Identity NODE = Identity.generate("node", new SplittableRandom(3));
    private static final Contact CONTACT = new Contact(NODE.key(), List.of(
            new Contact.Address("sip:127.0.0.1:5062;transport=udp"),
            new Contact.Address("sip:127.0.0.1:5062;transport=tcp", 500)),
            Optional.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.4"), 5063)));

    private static SignedRecord signed(long sequence) {
        return SignedRecord.sign(ALICE, KEY, CONTACT, sequence, NOW, HOUR);
    }

    private static Reason refusal(String text, Instant wall) {
        return switch (SignedRecord.verify(text, KEY, wall)) {
            case Verdict.Refused(var reason, _) -> reason;
            case Verdict.Valid(var record) -> throw new AssertionError("accepted: " + record);
        };
    }

    @Test void a_record_comes_back_as_it_was_signed() {
        var record = signed(7);
        assertThat(SignedRecord.verify(record.text(), KEY, NOW)).isInstanceOfSatisfying(
                Verdict.Valid.class, valid -> {
                    assertThat(valid.record()).isEqualTo(record);
                    assertThat(valid.record().value()).isEqualTo(CONTACT);
                    assertThat(valid.record().owner()).isEqualTo(ALICE.key());
                    assertThat(valid.record().sequence()).isEqualTo(7);
                    assertThat(valid.record().issued()).isEqualTo(NOW);
                });
    }

    @Property(tries = 300) void any_flipped_bit_is_refused(
            @ForAll @IntRange(max = 6) int bit, @ForAll @IntRange(max = 9999) int at) {
        var chars = signed(7).text().toCharArray();
        chars[at % chars.length] ^= (char) (1 << bit);
        assertThat(SignedRecord.verify(new String(chars), KEY, NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Property(tries = 300) void nonsense_is_refused_and_throws_nothing(@ForAll String text) {
        assertThat(SignedRecord.verify(text, NOW)).isInstanceOf(Verdict.Refused.class);
    }

    /// Seed D3: its signatures were kept and never checked.
    @Test void a_value_signed_by_another_key_than_it_names_is_forged() {
        var mine = SignedRecord.sign(MALLORY, KEY, CONTACT, 8, NOW, HOUR);
        var hers = Jws.parse(signed(7).text());
        var signature = mine.text().substring(mine.text().lastIndexOf('.'));
        //= rfc7515#5.2-1,4 a signature that does not validate makes it invalid
        //= rfc7515#5.2-3 validated is the signing input
        assertThat(refusal(hers.signingInput() + signature, NOW)).isEqualTo(Reason.FORGED);
    }

    @Test void a_record_is_good_for_one_lookup_key() {
        assertThat(SignedRecord.verify(signed(7).text(), "sip:bob@example.com", NOW))
                .isInstanceOfSatisfying(Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_KEY));
    }

    /// Seed U1: its registrations expired in the year 2083.
    @Test void a_record_ends_when_it_says_give_or_take_the_skew() {
        var record = signed(7);
        assertThat(record.expires()).isEqualTo(NOW.plus(HOUR));
        var end = NOW.plus(HOUR).plus(SignedRecord.SKEW);
        assertThat(SignedRecord.verify(record.text(), KEY, end.minusMillis(1)))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(refusal(record.text(), end)).isEqualTo(Reason.EXPIRED);
    }

    @Test void a_clock_an_hour_ahead_is_no_forgery_and_one_more_ahead_is_none_either() {
        var record = signed(7);
        var hour = NOW.minus(SignedRecord.AHEAD);
        assertThat(SignedRecord.verify(record.text(), KEY, hour)).isInstanceOf(Verdict.Valid.class);
        assertThat(record.skew(hour)).hasToString("60 min ahead");
        assertThat(SignedRecord.verify(record.text(), KEY, hour.minusMillis(1)))
                .isEqualTo(new Verdict.Refused(
                        Reason.FROM_THE_FUTURE, "its clock is 60 min ahead"));
    }

    @Test void a_record_that_has_ended_is_refused_however_much_its_clock_is_ahead() {
        var short_ = SignedRecord.sign(ALICE, KEY, CONTACT, 7, NOW, Duration.ofSeconds(60));
        assertThat(refusal(short_.text(), NOW.plusSeconds(60).plus(SignedRecord.SKEW)))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test void clocks_are_compared_in_words() {
        assertThat(Stream.of(0L, 29L, 61L, 300L, 7199L, 7200L, 200_000L, -300L, -7201L)
                .map(s -> new Skew(Duration.ofSeconds(s)).toString())).containsExactly(
                "0 min ahead", "0 min ahead", "1 min ahead", "5 min ahead", "2 h ahead",
                "2 h ahead", "2 days ahead", "5 min behind", "2 h behind");
        assertThat(new Skew(SignedRecord.SKEW).matters()).isFalse();
        assertThat(new Skew(SignedRecord.SKEW.negated().minusMillis(1)).matters()).isTrue();
    }

    @Test void nobody_may_sign_for_ever() {
        var day = SignedRecord.MAX_LIFETIME.plusSeconds(1);
        assertThatThrownBy(() -> SignedRecord.sign(ALICE, KEY, CONTACT, 1, NOW, day))
                .isInstanceOf(SyntaxException.class);
        var payload = new String(Jws.parse(signed(7).text()).payload().toArray())
                .replace("\"exp\":" + NOW.plus(HOUR).getEpochSecond(),
                        "\"exp\":" + NOW.plus(day).getEpochSecond());
        assertThat(refusal(Jws.sign(ALICE.privateKey(), Bytes.utf8(payload)), NOW))
                .isEqualTo(Reason.LIVES_TOO_LONG);
    }

    @Test void a_record_has_a_largest_size() {
        var big = new JsonObject();
        big.addProperty("x", "x".repeat(SignedRecord.MAX_TEXT));
        assertThatThrownBy(() -> SignedRecord.sign(
                ALICE, KEY, new SignedRecord.Other("blob", big), 1, NOW, HOUR))
                .isInstanceOf(SyntaxException.class);
        assertThat(refusal("x".repeat(SignedRecord.MAX_TEXT + 1), NOW)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test void only_eddsa_is_an_algorithm() {
        var none = Jws.base64url(Bytes.utf8("{\"alg\":\"none\"}"));
        var payload = Jws.base64url(Jws.parse(signed(7).text()).payload());
        //= rfc7515#5.2-5 an algorithm that is not acceptable makes it invalid
        assertThat(refusal(none + "." + payload + ".", NOW)).isEqualTo(Reason.UNKNOWN_ALGORITHM);
    }

    @Test void payloads_that_make_no_sense_are_malformed_though_well_signed() {
        var good = new String(Jws.parse(signed(7).text()).payload().toArray());
        for (var edit : List.of("\"seq\":7>\"seq\":-7", "\"seq\":7>\"seq\":7.5",
                "\"seq\":7>\"seq\":1e9", "\"seq\":7>\"seq\":\"7\"",
                "\"kind\":\"contact\">\"kind\":7", "\"seq\":7>\"seq\":null",
                "\"seq\":7>\"seq\":9999999999999999999", "\"addresses\":>\"others\":",
                "\"q\":500>\"q\":1001", "\"q\":500>\"q\":4294967296", "\"iat\":>\"iat\":9",
                "192.0.2.4:5063>192.0.2.4", "192.0.2.4:5063>192.0.2.4:5063x",
                "192.0.2.4:5063>example.com:5063", "192.0.2.4:5063>:",
                "\"192.0.2.4:5063\">5063")) {
            var bad = good.replace(edit.split(">", 2)[0], edit.split(">", 2)[1]);
            assertThat(bad).isNotEqualTo(good);
            assertThat(refusal(Jws.sign(ALICE.privateKey(), Bytes.utf8(bad)), NOW)).as(edit)
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    /// Seed D1: its replicas of a put arrived as tombstones.
    @Test void of_one_owner_the_higher_number_counts_and_a_replay_never_does() {
        var first = signed(1);
        var second = signed(2);
        var removal = SignedRecord.sign(ALICE, KEY, new SignedRecord.Removed(), 3, NOW, HOUR);
        assertThat(second.replaces(first)).isTrue();
        assertThat(first.replaces(second)).isFalse();
        assertThat(first.replaces(signed(1))).isFalse();
        assertThat(removal.replaces(second)).isTrue();
        assertThat(second.replaces(removal)).isFalse();
        assertThat(removal.removed()).isTrue();
        assertThat(second.removed()).isFalse();
        assertThat(SignedRecord.sign(MALLORY, KEY, CONTACT, 9, NOW, HOUR).replaces(first))
                .isFalse();
    }

    @Test void a_contact_need_not_say_where_its_node_is_in_the_overlay() {
        var plain = new Contact(NODE.key(), CONTACT.addresses());
        var six = new Contact(NODE.key(), CONTACT.addresses(), Optional.of(
                new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5063)));
        for (var contact : List.of(plain, six)) assertThat(SignedRecord.verify(SignedRecord.sign(
                ALICE, KEY, contact, 1, NOW, HOUR).text(), KEY, NOW)).isInstanceOfSatisfying(
                Verdict.Valid.class, valid ->
                        assertThat(valid.record().value()).isEqualTo(contact));
        assertThat(plain.peer()).isEmpty();
        assertThat(CONTACT.peer()).contains(new Peer(NODE.id(), CONTACT.overlay().orElseThrow()));
    }

    @Test void a_kind_not_known_here_is_kept_for_others() {
        var json = new JsonObject();
        json.addProperty("box", "mail");
        var record = SignedRecord.sign(ALICE, KEY, new SignedRecord.Other("voicemail", json), 1,
                NOW, HOUR);
        assertThat(SignedRecord.verify(record.text(), KEY, NOW)).isInstanceOfSatisfying(
                Verdict.Valid.class, valid -> assertThat(valid.record().value())
                        .isEqualTo(new SignedRecord.Other("voicemail", json)));
    }
}
