package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.std.Bytes;

class MessageTest {

    @Property void what_is_written_is_read(@ForAll("messages") Message message) {
        assertThat(Message.parse(message.encode())).isEqualTo(message);
    }

    @Property(tries = 100) void cut_short_anywhere_it_is_refused(
            @ForAll("messages") Message message) {
        var bytes = message.encode();
        for (int length = 0; length < bytes.size(); length++) {
            var part = bytes.slice(0, length);
            assertThatThrownBy(() -> Message.parse(part)).isInstanceOf(SyntaxException.class);
        }
    }

    @Property(tries = 100) void one_byte_too_many_is_refused(@ForAll("messages") Message message) {
        var bytes = message.encode();
        var longer = Bytes.wrap(Arrays.copyOf(bytes.toArray(), bytes.size() + 1));
        assertThatThrownBy(() -> Message.parse(longer)).isInstanceOf(SyntaxException.class);
    }

    @Property(tries = 3000) void nonsense_is_refused_or_understood_but_never_throws_anything_else(
            @ForAll("messages") Message message, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var bytes = message.encode().toArray();
        for (int i = random.nextInt(4); i >= 0; i--)
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        try {
            var read = Message.parse(Bytes.copyOf(bytes));
            assertThat(read.encode()).isEqualTo(Bytes.copyOf(bytes));
            assertThat(read.summary()).isNotEmpty();
        } catch (SyntaxException expected) {
            assertThat(Dht.summary(Bytes.copyOf(bytes))).startsWith("nonsense");
        }
    }

    /// D12: a message that goes astray ends.
    @Test void a_route_is_laid_out_as_the_figure_says() {
        var origin = new Peer(NodeId.parse("11".repeat(20)),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5062));
        var route = new Message.Route(1, 20, 2, origin, NodeId.parse("22".repeat(20)),
                new Body.Get("sip:bob@b"));
        assertThat(route.encode().hex()).isEqualTo("0110" + "0000000000000001" + "14"
                + "0000000000000002" + "11".repeat(20) + "0413c67f000001" + "22".repeat(20)
                + "22" + "0009" + Bytes.utf8("sip:bob@b").hex());
    }

    @Test void the_codes_never_change() {
        assertThat(Arrays.stream(Code.values()).map(code -> String.format("%02x", code.number)))
                .containsExactly("01", "02", "03", "04", "05", "06", "10", "11", "20", "21", "22",
                        "23", "24", "30", "31", "32", "40", "41", "42", "43", "44", "45",
                        "46");
        assertThat(Arrays.stream(Refusal.values()).map(refusal -> refusal.number))
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test void another_version_is_refused() {
        assertThatThrownBy(() -> Message.parse(Bytes.hex("0201" + "00".repeat(8))))
                .hasMessage("version 2");
    }

    @Property void many_records_come_whole_in_parts_below_the_limit(
            @ForAll("texts") List<String> records, @ForAll long seed) {
        var parts = new ArrayList<>(Message.values(7, records));
        assertThat(parts).allSatisfy(
                part -> assertThat(part.encode().size()).isLessThanOrEqualTo(Message.LIMIT));
        Collections.shuffle(parts, new Random(seed));
        var whole = new Parts();
        var told = parts.stream().map(part -> whole.add((Message.Values) part)).toList();
        assertThat(told.subList(0, told.size() - 1)).allMatch(Optional::isEmpty);
        assertThat(told.getLast().orElseThrow().records()).isEqualTo(records);
    }

    @Provide Arbitrary<List<String>> texts() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(4096).list().ofMaxSize(16);
    }

    @Provide static Arbitrary<Message> messages() {
        var ids = Arbitraries.longs();
        var points = Combinators.combine(ids, ids, Arbitraries.integers()).as(NodeId::new);
        var hosts = Arbitraries.of("127.0.0.1", "192.0.2.7", "::1", "2001:db8::7")
                .map(InetAddress::ofLiteral);
        var peers = Combinators.combine(points, hosts, Arbitraries.integers().between(0, 65535))
                .as((id, host, port) -> new Peer(id, new InetSocketAddress(host, port)));
        var lists = peers.list().ofMaxSize(Message.MAX_PEERS);
        var text = Arbitraries.strings().withCharRange(' ', '~').withChars("äπ☎").ofMaxLength(200);
        var sums = Combinators.combine(Arbitraries.integers().greaterOrEqual(0), ids)
                .as(Summary::new);
        var bodies = Arbitraries.<Body>oneOf(Arbitraries.just(new Body.Find()),
                text.map(Body.Put::new), text.map(Body.Get::new),
                Combinators.combine(text, sums).as(Body.Check::new));
        var arcs = Combinators.combine(points, points).as(Arc::new);
        var tags = Combinators.combine(ids, ids).as(Tag::new).list().ofMaxSize(Message.MAX_TAGS);
        var names = ids.list().ofMaxSize(Message.MAX_TAGS);
        var routes = Combinators.combine(ids, Arbitraries.integers().between(0, Message.HOPS),
                ids, peers, points, bodies).as(Message.Route::new);
        return Arbitraries.oneOf(
                Combinators.combine(ids, ids).as(Message.Ping::new), ids.map(Message.Pong::new),
                Combinators.combine(ids, lists).as(Message.AskLeaves::new),
                Combinators.combine(ids, Arbitraries.integers().between(0, 39),
                        Arbitraries.integers().between(0, 0xffff)).as(Message.AskRow::new),
                Combinators.combine(ids, lists).as(Message.Peers::new),
                Combinators.combine(ids, lists).as(Message.Bye::new),
                routes, ids.map(Message.Taken::new),
                Combinators.combine(ids, bodies).as(Message.Errand::new),
                Combinators.combine(ids, Arbitraries.integers().between(0, 255))
                        .as(Message.Stored::new),
                Combinators.combine(ids, Arbitraries.of(Refusal.values())).as(Message.Refused::new),
                Combinators.combine(ids, text.list().ofMaxSize(20))
                        .as((id, records) -> Message.values(id, records).getFirst()),
                Combinators.combine(ids, text).as(Message.Copy::new),
                Combinators.combine(ids, text, sums).as(Message.Collect::new),
                Combinators.combine(ids, arcs, Arbitraries.of(true, false), sums)
                        .as(Message.Compare::new),
                ids.map(Message.Same::new), Combinators.combine(ids, sums.list().ofSize(Arc.PIECES))
                        .as(Message.Sums::new),
                Combinators.combine(ids, tags).as(Message.Tags::new),
                Combinators.combine(ids, arcs, names).as(Message.Want::new));
    }
}
