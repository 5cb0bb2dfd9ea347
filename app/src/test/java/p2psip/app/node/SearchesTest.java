package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Aor;
import p2psip.std.rfc3261.server.LocationService.Event.Find;
import p2psip.std.rfc3261.server.LocationService.Found;

/// Floods of searches on a ring where each takes half a second, and who calls meanwhile.
class SearchesTest {
    private static final Duration TAKES = Duration.ofMillis(500), TICK = Duration.ofMillis(10);

    private final Searches searches = new Searches();
    private final Map<Long, Instant> begun = new HashMap<>();
    private final Map<Long, Found> answered = new HashMap<>();
    private final Queue<Map.Entry<Instant, Found>> running = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private long last;

    private long want(String host, int port, String user) {
        long id = ++last;
        searches.want(new Find(id, new Aor(user, "example.com"), new Request("INVITE",
                "sip:" + user + "@example.com", List.of(new Header("Via", "SIP/2.0/UDP 10.9.9.9"
                + ";branch=z9hG4bK1;received=" + host + ";rport=" + port)), Bytes.EMPTY)), now)
                .ifPresent(found -> answered.put(found.id(), found));
        begin();
        return id;
    }

    private void begin() {
        for (var next = searches.next(now); next.isPresent(); next = searches.next(now)) {
            begun.put(next.get().id(), now);
            running.add(Map.entry(now.plus(TAKES), new Found(next.get().id(), false, List.of())));
        }
    }

    private void tick() {
        now = now.plus(TICK);
        while (!running.isEmpty() && !running.peek().getKey().isAfter(now)) {
            var found = running.remove().getValue();
            answered.put(found.id(), found);
            searches.ended(found, now);
        }
        begin();
    }

    /// Lets so many sources flood for five seconds, each with so many searches a second, while
    /// alice looks for somebody every second: she is never refused. How long she waits at most.
    private Duration worst(int sources, int perSecond, IntFunction<String> host, IntUnaryOperator
            port, String alice) {
        var hers = new LinkedHashMap<Long, Instant>();
        for (int tick = 0; tick < 500; tick++) {
            tick();
            for (int i = 0; i < sources; i++)
                if (tick * perSecond / 100 != (tick + 1) * perSecond / 100)
                    want(host.apply(i), port.applyAsInt(i), "nobody" + last);
            if (tick % 100 == 50) hers.put(want(alice, 5060, "bob" + tick), now);
        }
        for (int tick = 0; tick < 200; tick++) tick();
        assertThat(begun.keySet()).as("none of hers is refused").containsAll(hers.keySet());
        return hers.entrySet().stream().map(her -> Duration.between(
                her.getValue(), begun.get(her.getKey()))).max(Comparator.naturalOrder()).get();
    }

    @Test void she_hardly_waits_while_one_floods() {
        assertThat(worst(1, 300, _ -> "10.0.0.66", _ -> 5060, "10.0.0.7"))
                .isLessThan(Duration.ofMillis(100));
    }

    @Test void nor_while_a_program_of_her_own_address_floods_from_fifty_ports() {
        assertThat(worst(50, 20, _ -> "10.0.0.7", i -> 20_000 + i, "10.0.0.7"))
                .isLessThan(Duration.ofMillis(500));
    }

    @Test void nor_while_two_hundred_flood() {
        assertThat(worst(200, 15, i -> "10.0.0." + i, _ -> 5060, "10.0.1.7"))
                .isLessThan(Duration.ofMillis(500));
    }

    /// One source costs the ring so many searches and no more.
    @Test void a_source_has_a_budget() {
        for (int i = 0; i < Searches.BURST; i++) want("10.0.0.66", 5060, "a" + i);
        assertThat(answered).isEmpty();
        long refused = want("10.0.0.66", 5060, "b");
        assertThat(answered.get(refused).known()).as("480, for who knows").isTrue();
        assertThat(answered.get(refused).headers()).extracting(Header::name)
                .containsExactly("Retry-After", "Warning");
        now = now.plus(Duration.ofSeconds(1).dividedBy(Searches.PER_SECOND));
        assertThat(answered).doesNotContainKey(want("10.0.0.66", 5060, "c"));
    }

    /// A name that was found nowhere is not searched for again while others wait; when nobody does
    /// it is, for somebody may just have registered it.
    @Test void nobody_is_searched_for_once() {
        long first = want("10.0.0.66", 5060, "nobody");
        for (int i = 0; i < 300; i++) tick();
        assertThat(answered.get(first).known()).isFalse();
        long idle = want("10.0.0.66", 5060, "nobody");
        assertThat(begun).containsKey(idle);
        for (int i = 0; i < 200; i++) tick();
        for (int i = 0; i < 2 * Searches.AT_ONCE; i++)
            want("10.0.2." + i % 256, 5060, "x" + i);
        long busy = want("10.0.0.66", 5060, "nobody");
        assertThat(answered.get(busy)).isEqualTo(new Found(busy, false, List.of()));
        now = now.plus(Searches.NOWHERE);
        assertThat(answered).doesNotContainKey(want("10.0.0.66", 5060, "nobody"));
    }

    /// Whatever is asked, each find is answered, once.
    @Test void all_is_answered() {
        worst(40, 60, i -> "10.0." + i % 3 + "." + i, i -> 5060 + i % 7, "10.9.9.9");
        for (int tick = 0; tick < 1_000; tick++) tick();
        assertThat(answered).hasSize((int) last);
        assertThat(searches.size()).isZero();
    }
}
