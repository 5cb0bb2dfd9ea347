package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Pins.*;
import p2psip.std.Bytes;

class PinsTest {
    private static final String BOB = "sip:bob@biloxi.example";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Identity RIGHT = identity(1), WRONG = identity(2);

    private final Pins pins = new Pins(Policy.TOFU);

    @Test void the_first_key_seen_is_preferred_to_a_newer_record_of_another() {
        assertThat(pins.choose(BOB, List.of(record(RIGHT, 0))))
                .isEqualTo(new Choice.Chosen(record(RIGHT, 0), 0));
        assertThat(pins.choose(BOB, List.of(record(WRONG, 60), record(RIGHT, 30))))
                .isEqualTo(new Choice.Chosen(record(RIGHT, 30), 1));
    }

    @Test void when_only_others_remain_it_says_so() {
        pins.choose(BOB, List.of(record(RIGHT, 0)));
        assertThat(pins.choose(BOB, List.of(record(WRONG, 60))))
                .isInstanceOfSatisfying(Choice.Strangers.class, strangers -> assertThat(
                        strangers.warning()).contains(BOB, RIGHT.id().toString(),
                        WRONG.id().toString()).doesNotContain("\n"));
        assertThat(pins.choose(BOB, List.of())).isEqualTo(new Choice.Nobody());
    }

    @Test void open_takes_the_newest_and_pins_nobody() {
        var open = new Pins(Policy.OPEN);
        open.choose(BOB, List.of(record(RIGHT, 0)));
        assertThat(open.choose(BOB, List.of(record(RIGHT, 0), record(WRONG, 60))))
                .isEqualTo(new Choice.Chosen(record(WRONG, 60), 1));
        assertThat(open.changes()).isEmpty();
    }

    @Test void what_is_stored_is_there_after_a_restart() {
        pins.choose(BOB, List.of(record(RIGHT, 0)));
        var changes = pins.changes();
        assertThat(changes).containsExactly(
                Map.entry("pin/" + BOB, Optional.of(RIGHT.key())));
        assertThat(pins.changes()).isEmpty();

        var restarted = new Pins(Policy.TOFU);
        restarted.load(new TreeMap<>(Map.of("pin/" + BOB, RIGHT.key())));
        assertThat(restarted.choose(BOB, List.of(record(WRONG, 60))))
                .isInstanceOf(Choice.Strangers.class);
    }

    /// Who makes a node look up many addresses shall not make it forget one.
    @Test void at_the_limit_no_pin_is_lost() {
        pins.pin(BOB, RIGHT.key());
        for (int i = 0; i < Pins.LIMIT + 10; i++) pins.pin("sip:" + i + "@x", Bytes.utf8("" + i));
        assertThat(pins.size()).isEqualTo(Pins.LIMIT);
        assertThat(pins.owner(BOB)).contains(RIGHT.key());
        assertThat(pins.choose("sip:new@x", List.of(record(WRONG, 0))))
                .isInstanceOf(Choice.Chosen.class);
        pins.pin(BOB, WRONG.key());   // the user may still change his mind
        assertThat(pins.owner(BOB)).contains(WRONG.key());
    }

    private static Identity identity(int seed) {
        return Identity.generate(BOB, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner, int second) {
        return SignedRecord.sign(owner, BOB, new SignedRecord.Other("test", new JsonObject()),
                second, NOW.plusSeconds(second), Duration.ofHours(1));
    }
}
