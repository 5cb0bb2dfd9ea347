package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.*;
import p2psip.std.rfc3550.Session.*;

/// What a participant says of itself and others beside its reports.
class IntroductionTest {
    private static final Item NAME = Item.of(SourceDescription.NAME, "Alice"),
            TOOL = Item.of(SourceDescription.TOOL, "p2psip"),
            LOC = Item.of(SourceDescription.LOC, "here");
    private static final InetSocketAddress BOB =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4000);

    private Instant now = Instant.ofEpochSecond(1_000_000);

    private static Session session(Item... about) {
        return new Session(new Parameters(Set.of(0), 160_000, 8000, "alice@one", List.of(about)),
                new SplittableRandom(1));
    }

    private Session joined(Item... about) {
        var session = session(about);
        session.handle(new Input.Join(), now);
        return session;
    }

    /// The packets of the next reports.
    private List<List<RtcpPacket>> reports(Session session, int count) {
        var all = new ArrayList<List<RtcpPacket>>();
        while (all.size() < count) {
            now = session.deadline();
            for (var output : session.wake(now)) if (output instanceof Output.SendRtcp(var bytes))
                all.add(CompoundPacket.parse(bytes.buffer()).packets());
        }
        return all;
    }

    private List<Item> items(Session session, int count) {
        return reports(session, count).stream().flatMap(packets ->
                ((SourceDescription) packets.get(1)).chunks().getFirst().items().stream())
                .filter(item -> item.type() != SourceDescription.CNAME).toList();
    }

    //= rfc3550#6.3.9-3 each third interval an item, by utility: seven times of eight the first
    //= rfc3550#6.1-13 other items are included
    @Test void the_first_item_comes_most() {
        var items = items(joined(NAME, TOOL, LOC), 3 * 32);
        assertThat(items).hasSize(32);
        assertThat(Collections.frequency(items, NAME)).isEqualTo(28);
        assertThat(Collections.frequency(items, TOOL)).isEqualTo(2);
        assertThat(Collections.frequency(items, LOC)).isEqualTo(2);
        assertThat(items(joined(), 12)).isEmpty();
    }

    //= rfc3550#6.3.9-1,2 so that reports are not slowed down, no more than 20% is additional
    @Test void a_long_item_comes_more_rarely() {
        var session = joined(Item.of(SourceDescription.NAME, "x".repeat(250)));
        double extra = 0, all = 0;
        for (var packets : reports(session, 100)) {
            all += packets.stream().mapToInt(RtcpPacket::size).sum();
            extra += ((SourceDescription) packets.get(1)).chunks().getFirst().items().stream()
                    .filter(i -> i.type() != SourceDescription.CNAME)
                    .mapToInt(i -> 2 + i.text().size()).sum();
        }
        assertThat(extra / all).isBetween(0.1, 0.2);
    }

    //= rfc3550#6.5.7-5 when it becomes inactive an empty one continues to be sent a few times
    //= rfc3550#6.5.7-2 a NOTE is sent while there is something exceptional, and not routinely
    @Test void a_note_comes_and_goes() {
        var session = joined(NAME);
        assertThat(items(session, 6)).containsOnly(NAME);
        session.handle(new Input.Note("on the phone"), now);
        assertThat(items(session, 9))
                .containsOnly(Item.of(SourceDescription.NOTE, "on the phone")).hasSize(3);
        session.handle(new Input.Note(""), now);
        var ending = items(session, 18);
        assertThat(ending.subList(0, 4)).containsOnly(Item.of(SourceDescription.NOTE, ""));
        assertThat(ending.subList(4, 6)).containsOnly(NAME);
        session.handle(new Input.Note(""), now);
        assertThat(items(session, 3)).containsExactly(NAME);
        //= rfc3550#6.5.7-3 it is no item of a configuration
        assertThatThrownBy(() -> session(Item.of(SourceDescription.NOTE, "a quote of the day")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session(Item.of(SourceDescription.CNAME, "another")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Input from(long ssrc, Item... items) {
        return new Input.RtcpReceived(new CompoundPacket(
                new RtcpPacket.ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
                new SourceDescription(List.of(new Chunk(ssrc, Stream.concat(
                        Stream.of(Item.of(SourceDescription.CNAME, "bob")), Stream.of(items))
                        .toList())))).encode(), BOB);
    }

    private static List<Output> told(List<Output> outputs) {
        return outputs.stream().filter(o -> o instanceof Output.Told).toList();
    }

    //= rfc3550#6.5.7-6 a note is inactive when it has not come for some 25 intervals
    @Test void what_others_say_of_themselves_is_told_once() {
        var session = joined();
        var note = Item.of(SourceDescription.NOTE, "away");
        assertThat(told(session.handle(from(5, NAME, note), now))).containsExactly(
                new Output.Told(5, SourceDescription.NAME, "Alice"),
                new Output.Told(5, SourceDescription.NOTE, "away"));
        assertThat(told(session.handle(from(5, NAME, note), now))).isEmpty();
        assertThat(told(session.handle(from(5, Item.of(SourceDescription.NOTE, "")), now)))
                .containsExactly(new Output.Told(5, SourceDescription.NOTE, ""));
        session.handle(from(5, note), now);
        var since = now;
        var gone = new ArrayList<Output>();
        while (gone.isEmpty()) {
            session.handle(from(5), now);
            now = session.deadline();
            gone.addAll(told(session.wake(now)));
        }
        assertThat(gone).containsExactly(new Output.Told(5, SourceDescription.NOTE, ""));
        assertThat(Duration.between(since, now)).isBetween(
                Duration.ofSeconds(100), Duration.ofSeconds(150));
    }

    //= rfc3550#6.7-1 an APP packet of a name that nobody knows does no harm
    //= rfc3550#6.1-22 nor does one of an unknown type: whoever hears it may ignore it
    @Test void other_packets_are_told_and_heard() {
        var session = joined();
        var app = new RtcpPacket.App(3, session.ssrc(), "p2ps", Bytes.hex("01020304"));
        var unknown = new RtcpPacket.Unknown(222, 0, Bytes.EMPTY);
        for (var packet : List.of(app, unknown))
            assertThat(session.handle(new Input.Tell(packet), now)).isEmpty();
        assertThat(reports(session, 1).getFirst()).hasSize(4).endsWith(app, unknown);
        assertThat(reports(session, 1).getFirst()).hasSize(2);
        var received = new CompoundPacket(new RtcpPacket.ReceiverReport(5, List.of(), Bytes.EMPTY),
                app, unknown).encode();
        assertThat(session.handle(new Input.RtcpReceived(received, BOB), now))
                .containsExactly(new Output.Heard(app), new Output.Heard(unknown));
    }

    @Test void what_waits_for_a_report_has_a_limit() {
        var session = joined();
        for (int i = 0; i < Schedule.MAX_WAITING; i++) assertThat(session.handle(new Input.Tell(
                new RtcpPacket.App(0, 1, "p2ps", Bytes.EMPTY)), now)).isEmpty();
        assertThat(session.handle(new Input.Tell(new RtcpPacket.App(0, 1, "p2ps", Bytes.EMPTY)),
                now)).hasOnlyElementsOfType(Output.Ignored.class).hasSize(1);
    }

    //= rfc3550#6.1-20 what is longer than the MTU is segmented
    //= rfc3550#6.1-21 and each of the compound packets begins with a report
    //= rfc3550#6.1-4,12 and has the CNAME
    @Test void too_much_for_one_datagram_goes_in_several() {
        var session = joined();
        for (int i = 0; i < 10; i++) session.handle(new Input.Tell(new RtcpPacket.App(
                i, 1, "p2ps", Bytes.wrap(new byte[400]))), now);
        var reports = reports(session, 5);
        int apps = 0;
        for (var packets : reports) {
            assertThat(packets.get(0)).isInstanceOf(RtcpPacket.Report.class);
            assertThat(((SourceDescription) packets.get(1)).chunks().getFirst().items())
                    .contains(Item.of(SourceDescription.CNAME, "alice@one"));
            assertThat(packets.stream().mapToInt(RtcpPacket::size).sum())
                    .isLessThanOrEqualTo(Reports.MTU);
            apps += packets.size() - 2;
        }
        assertThat(apps).isEqualTo(10);
    }

    @Test void a_goodbye_of_somebody_else_comes_last() {
        var session = joined();
        var bye = new RtcpPacket.Bye(List.of(9L), "");
        var app = new RtcpPacket.App(0, 1, "p2ps", Bytes.EMPTY);
        session.handle(new Input.Tell(bye), now);
        session.handle(new Input.Tell(app), now);
        //= rfc3550#6.1-14 BYE is the last packet
        assertThat(reports(session, 1).getFirst()).endsWith(app, bye).containsOnlyOnce(bye);
    }

    //= rfc3550#8.2¶14 a BYE is validated by the source transport address
    @Test void nobody_says_goodbye_for_another() {
        var session = joined();
        session.handle(from(5), now);
        var bye = new CompoundPacket(new RtcpPacket.ReceiverReport(6, List.of(), Bytes.EMPTY),
                new RtcpPacket.Bye(List.of(5L), "")).encode();
        assertThat(session.handle(new Input.RtcpReceived(bye, new InetSocketAddress(
                InetAddress.ofLiteral("192.0.2.66"), 4000)), now))
                .doesNotHaveAnyElementsOfTypes(Output.Left.class);
        assertThat(session.handle(new Input.RtcpReceived(bye, BOB), now))
                .contains(new Output.Left(5, ""));
    }
}
