package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Pins.*;
import p2psip.std.Bytes;

class PinsTest {
    private static final String BOB = "sip:bob@biloxi.example";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Identity RIGHT = identity(1), WRONG = identity(2), THIRD = identity(3);

    private Pins pins = new Pins(Policy.TOFU);
    private Instant now = NOW;

    /// Who is called, one after the other, by the second of their records; or why nobody is.
    private String choose(SignedRecord... records) {
        now = now.plusSeconds(10);
        return switch (pins.choose(BOB, List.of(records), now)) {
            case Choice.Nobody _ -> "nobody";
            case Choice.Refused(var warning) -> "refused: " + names(warning);
            case Choice.Chosen(var called, var warning) -> called.stream()
                    .map(record -> names(NodeId.of(record.owner()).toString()))
                    .collect(Collectors.joining(" "))
                    + warning.map(text -> ": " + names(text)).orElse("");
        };
    }

    private static String names(String text) {
        return text.replace(RIGHT.id().toString(), "right").replace(WRONG.id().toString(), "wrong")
                .replace(THIRD.id().toString(), "third").replace(BOB, "bob")
                .replace("2026-01-01T00:0", "0:");
    }

    @Test void a_key_that_is_alone_is_pinned_and_preferred_to_a_newer_record_of_another() {
        assertThat(choose(record(RIGHT, 0))).isEqualTo("right");
        assertThat(choose(record(WRONG, 60), record(RIGHT, 30))).isEqualTo("right:"
                + " bob (2 claims): called is right pinned since 0:0:10Z, not wrong");
    }

    @Test void when_only_others_than_the_pinned_remain_nobody_is_called() {
        choose(record(RIGHT, 0));
        assertThat(choose(record(WRONG, 60))).isEqualTo(
                "refused: bob is claimed by another key (wrong) than the one known (right)");
        assertThat(choose()).isEqualTo("nobody");
    }

    @Test void of_two_the_one_known_longer_is_called_first_and_none_is_pinned() {
        assertThat(choose(record(RIGHT, 30), record(WRONG, 0))).startsWith("right wrong: bob (2");
        assertThat(choose(record(RIGHT, 30), record(WRONG, 60), record(THIRD, 90))).isEqualTo(
                "right wrong third: bob (3 claims): called is right seen since 0:0:10Z,"
                + " not wrong, third");
        assertThat(pins.claims().get(BOB)).allMatch(claim -> claim.trust() == Trust.SEEN);
    }

    @Test void of_two_that_are_seen_first_in_one_lookup_the_newest_is_called() {
        assertThat(choose(record(RIGHT, 0), record(WRONG, 60))).startsWith("wrong right:");
        assertThat(choose(record(RIGHT, 90), record(WRONG, 60))).startsWith("wrong right:");
    }

    /// Else an impostor had only to wait until the other switches his phone off.
    @Test void who_is_alone_because_the_one_known_longer_is_away_is_not_pinned() {
        choose(record(RIGHT, 30), record(WRONG, 0));
        assertThat(choose(record(WRONG, 60))).isEqualTo("wrong: bob (2 claims):"
                + " called is wrong seen since 0:0:10Z, not right");
        assertThat(choose(record(WRONG, 60), record(RIGHT, 90))).startsWith("right wrong:");
    }

    @Test void who_is_known_longest_is_pinned_when_he_is_alone_again() {
        choose(record(RIGHT, 30), record(WRONG, 0));
        assertThat(choose(record(RIGHT, 60))).isEqualTo("right");
        assertThat(choose(record(WRONG, 90))).startsWith("refused");
    }

    @Test void strict_calls_nobody_while_several_claim_an_address_and_none_is_pinned() {
        pins = new Pins(Policy.STRICT);
        assertThat(choose(record(WRONG, 0), record(RIGHT, 30))).isEqualTo("refused: bob (2 claims):"
                + " none is pinned: right seen since 0:0:10Z, wrong seen since 0:0:10Z");
        assertThat(choose(record(WRONG, 60))).startsWith("refused: bob (2 claims): none is pinned");
        assertThat(choose(record(RIGHT, 60))).isEqualTo("right");
        assertThat(choose(record(WRONG, 90), record(RIGHT, 60))).startsWith("right: bob (2");
    }

    @Test void open_takes_the_newest_and_remembers_nobody() {
        pins = new Pins(Policy.OPEN);
        assertThat(choose(record(RIGHT, 0))).isEqualTo("right");
        assertThat(choose(record(RIGHT, 0), record(WRONG, 50))).isEqualTo("wrong: bob (2 claims):"
                + " called is wrong seen since 0:0:50Z, not right");
        assertThat(pins.changes()).isEmpty();
        assertThat(pins.claims()).isEmpty();
    }

    @Test void a_key_that_the_user_confirms_is_believed_without_a_word() {
        choose(record(RIGHT, 30), record(WRONG, 0));
        pins.confirm(BOB, WRONG.id(), now);
        assertThat(choose(record(RIGHT, 30), record(WRONG, 0))).isEqualTo("wrong");
        assertThat(choose(record(RIGHT, 30))).startsWith("refused");
        pins.confirm(BOB, RIGHT.id(), now);   // he may change his mind
        assertThat(choose(record(RIGHT, 30), record(WRONG, 0))).isEqualTo("right");
    }

    @Test void a_key_may_be_confirmed_before_it_is_seen() {
        pins.confirm(BOB, RIGHT.id(), now);
        assertThat(choose(record(WRONG, 0))).startsWith("refused");
        assertThat(choose(record(WRONG, 0), record(RIGHT, 0))).isEqualTo("right");
    }

    @Test void an_address_that_is_dropped_is_new_again() {
        choose(record(RIGHT, 0));
        pins.changes();
        pins.drop(BOB);
        assertThat(pins.changes()).containsExactly(Map.entry("pin/" + BOB, Optional.empty()));
        assertThat(choose(record(WRONG, 0))).isEqualTo("wrong");
        pins.drop("sip:nobody@x");
        assertThat(pins.claims()).containsOnlyKeys(BOB);
    }

    @Test void what_is_stored_is_there_after_a_restart() {
        choose(record(RIGHT, 30), record(WRONG, 0));
        pins.confirm("sip:ann@x", THIRD.id(), now);
        var stored = new TreeMap<String, Bytes>();
        pins.changes().forEach((key, text) -> stored.put(key, text.orElseThrow()));
        assertThat(pins.changes()).isEmpty();
        var restarted = new Pins(Policy.TOFU);
        restarted.load(stored);
        assertThat(restarted.claims()).isEqualTo(pins.claims()).hasSize(2);
        restarted.load(new TreeMap<>(Map.of("pin/sip:old@x", RIGHT.key())));   // as it once was
        assertThat(restarted.claims().get("sip:old@x")).containsExactly(
                new Claim(RIGHT.id(), Trust.PINNED, Instant.EPOCH));
    }

    @Test void what_is_known_already_is_not_stored_again() {
        choose(record(RIGHT, 0));
        assertThat(pins.changes()).hasSize(1);
        choose(record(RIGHT, 50));
        assertThat(pins.changes()).isEmpty();
    }

    /// Who makes a node look up many addresses shall not make it forget one.
    @Test void at_the_limit_no_address_is_lost_and_no_other_is_pinned() {
        choose(record(RIGHT, 0));
        for (int i = 0; i < Pins.LIMIT + 10; i++) pins.confirm("sip:" + i + "@x", WRONG.id(), now);
        assertThat(pins.claims()).hasSize(Pins.LIMIT);
        assertThat(choose(record(RIGHT, 0))).isEqualTo("right");
        for (var owner : List.of(RIGHT, WRONG)) assertThat(pins.choose(
                "sip:new@x", List.of(record(owner, 0)), now)).isInstanceOf(Choice.Chosen.class);
    }

    @Test void of_one_address_the_first_keys_stay() {
        choose(record(RIGHT, 0), record(WRONG, 30));
        choose(IntStream.range(10, 40).mapToObj(seed -> record(identity(seed), seed))
                .toArray(SignedRecord[]::new));
        assertThat(pins.claims().get(BOB)).hasSize(Pins.CLAIMS);
        assertThat(choose(record(identity(10), 10), record(RIGHT, 0))).startsWith("right ");
        pins.confirm(BOB, THIRD.id(), now);
        assertThat(pins.claims().get(BOB)).hasSize(Pins.CLAIMS)
                .first().isEqualTo(new Claim(THIRD.id(), Trust.CONFIRMED, now));
    }

    /// Whatever comes in which order: of those who are alive the first is one that has been known
    /// as long as any, unless one is pinned; and a warning is never missing while two live.
    @Property(tries = 500) void who_came_later_is_never_called_first(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        pins = new Pins(Policy.TOFU);
        var met = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            var living = Stream.of(RIGHT, WRONG, THIRD).filter(_ -> random.nextInt(3) > 0)
                    .map(owner -> record(owner, random.nextInt(90))).toArray(SignedRecord[]::new);
            boolean pinned = pins.claims().getOrDefault(BOB, List.of()).stream()
                    .anyMatch(claim -> claim.trust() == Trust.PINNED);
            var before = List.copyOf(met);
            var choice = choose(living);
            var names = Stream.of(living).map(r -> names(NodeId.of(r.owner()).toString())).toList();
            names.stream().filter(name -> !met.contains(name)).forEach(met::add);
            if (choice.startsWith("refused") || living.length == 0) continue;
            var first = choice.split("[ :]")[0];
            if (living.length > 1) assertThat(choice).contains("claims)");
            if (!pinned) before.stream().filter(names::contains).findFirst()
                    .ifPresent(_ -> assertThat(before).contains(first));
        }
    }

    private static Identity identity(int seed) {
        return Identity.generate(BOB, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner, int second) {
        return SignedRecord.sign(owner, BOB, new SignedRecord.Other("test", new JsonObject()),
                second, NOW.plusSeconds(second), Duration.ofHours(1));
    }
}
