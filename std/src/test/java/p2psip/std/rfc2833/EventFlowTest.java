package p2psip.std.rfc2833;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2833.EventSender.Input.Play;

/// What a key press becomes on the wire, and what becomes of it there.
class EventFlowTest {
    private static final Duration PTIME = Duration.ofMillis(20);

    private static Duration ms(int ms) { return Duration.ofMillis(ms); }

    /// What the sender says, a line each: `time what`, the time in milliseconds.
    private static List<String> play(Play play) {
        var lines = new ArrayList<String>();
        run(play, (at, output) -> lines.add(at + " " + switch (output) {
            case EventSender.Output.Began(int event) -> "began " + event;
            case EventSender.Output.Send(var p, boolean marker, long timestamp) ->
                    timestamp + " " + p.event() + " " + p.duration()
                            + (marker ? " M" : "") + (p.end() ? " E" : "");
            case EventSender.Output.Ended(int event) -> "ended " + event;
        }));
        return lines;
    }

    private static void run(Play play, BiConsumer<Long, EventSender.Output> told) {
        var sender = new EventSender(8000, PTIME);
        sender.handle(play, Instant.EPOCH).forEach(o -> told.accept(0L, o));
        while (sender.deadline().isBefore(Instant.MAX)) {
            var now = sender.deadline();
            sender.wake(now).forEach(o -> told.accept(now.toEpochMilli(), o));
        }
    }

    //= rfc4733#2.5.1.2-3,6 one timestamp, a growing duration; no mark on the packets between
    //= rfc4733#2.5.1.4-1 the final packet three times
    @Test void two_digits() {
        //= rfc4733#2.5.1.2-9 constant intervals between reports
        //= rfc4733#2.5.2.2-3 each with the current duration
        //= rfc4733#2.5.1.4-6 retransmissions keep the E bit
        assertThat(play(new Play(List.of(5, 11), ms(70), ms(100), 4_294_967_000L)))
                .containsExactly(
                        "0 began 5",
                        "0 4294967000 5 160 M",
                        "20 4294967000 5 320",
                        "40 4294967000 5 480",
                        "60 4294967000 5 560 E",
                        "80 4294967000 5 560 E",
                        "100 4294967000 5 560 E",
                        "100 ended 5",
                        "200 began 11",
                        "200 1304 11 160 M",
                        "220 1304 11 320",
                        "240 1304 11 480",
                        "260 1304 11 560 E",
                        "280 1304 11 560 E",
                        "300 1304 11 560 E",
                        "300 ended 11");
    }

    //= rfc4733#2.5.1.2-2,5 packets as soon as there is an event, the final packet with the E bit
    //= rfc4733#2.5.1.2-4 the marker even when the first packet is the last
    //= rfc2833#3.6-2 the last report of the event is retransmitted
    @Test void a_digit_shorter_than_a_packet() {
        assertThat(play(new Play(List.of(0), ms(10), ms(0), 0))).containsExactly("0 began 0",
                "0 0 0 80 M E", "20 0 0 80 E", "40 0 0 80 E", "40 ended 0");
    }

    //= rfc4733#2.5.1.3-1 the full segment has no end bit
    //= rfc4733#2.5.1.3-2 the next one goes on where it ended
    //= rfc4733#2.5.1.3-3 and has no M bit
    @Test void a_long_digit_is_told_in_segments() {
        //= rfc4733#2.5.1.3-5 at the end the E bit
        var lines = play(new Play(List.of(9), ms(8300), ms(0), 1000));
        assertThat(lines.subList(lines.indexOf("8160 1000 9 65440"), lines.size())).containsExactly(
                "8160 1000 9 65440",
                "8180 1000 9 65535",
                "8180 66535 9 65",
                "8200 1000 9 65535",
                "8200 66535 9 225",
                "8220 1000 9 65535",
                "8220 66535 9 385",
                "8240 66535 9 545",
                "8260 66535 9 705",
                "8280 66535 9 865 E",
                "8300 66535 9 865 E",
                "8320 66535 9 865 E",
                "8320 ended 9");
    }

    @Test void a_very_long_digit_has_as_many_segments_as_it_needs() {
        var lines = play(new Play(List.of(9), ms(25_000), ms(0), 0));
        //= rfc4733#2.5.1.3-4 repeated until the complete event has ended
        assertThat(lines.stream().filter(l -> l.endsWith(" 65535")).map(l -> l.split(" ")[1])
                .distinct()).containsExactly("0", "65535", "131070");
        assertThat(lines).contains("24980 196605 9 3395 E");
    }

    /// What fills a segment to the last unit has only that one.
    @Test void a_digit_of_one_whole_segment() {
        var lines = play(new Play(List.of(9), Duration.ofNanos(8_191_875_000L), ms(0), 0));
        assertThat(lines).contains("8180 0 9 65535 E").noneMatch(line -> line.contains(" 9 0"))
                .allMatch(line -> line.contains(" 0 9 ") || line.endsWith("ed 9")
                        || line.endsWith("began 9"));
    }

    //= rfc2833#3.1-1 timestamps go on from those of the audio
    //= rfc4733#2.5.1.2-1 whenever that is in the audio stream
    @Test void an_event_has_the_timestamps_of_the_audio() {
        var sender = new EventSender(8000, PTIME);
        var now = Instant.ofEpochSecond(7);
        for (long timestamp : new long[] {5000, 9000}) {
            var sent = new ArrayList<>(sender.handle(
                    new Play(List.of(1), ms(20), ms(0), timestamp), now));
            for (; sender.deadline().isBefore(Instant.MAX); now = now.plusMillis(20))
                sent.addAll(sender.wake(now));
            assertThat(sent).filteredOn(EventSender.Output.Send.class::isInstance).hasSize(3)
                    .allMatch(o -> ((EventSender.Output.Send) o).timestamp() == timestamp);
        }
    }

    @Test void what_is_no_digit_has_no_volume_and_nothing_has_no_length() {
        var sent = new ArrayList<TelephoneEvent>();
        run(new Play(List.of(Dtmf.LAST, Dtmf.FLASH), Duration.ZERO, ms(0), 0), (_, output) -> {
            if (output instanceof EventSender.Output.Send(var event, _, _)) sent.add(event);
        });
        //= rfc4733#2.3.4-1 volume for DTMF digits, zero for other events
        assertThat(sent).extracting(TelephoneEvent::event, TelephoneEvent::volume)
                .containsOnly(tuple(Dtmf.LAST, EventSender.VOLUME), tuple(Dtmf.FLASH, 0));
        //= rfc4733#2.3.5-1 no duration of zero is transmitted
        assertThat(sent).extracting(TelephoneEvent::duration).containsOnly(1);
    }

    @Test void the_events_of_a_peer() {
        assertThat(Dtmf.events("0-9,16, 66-67,x,300-2")).containsExactly(
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 66, 67);
        assertThat(Dtmf.events("events=1,254-300")).containsExactly(1, 254, 255);
        //= rfc4733#2.5.1.1-3 without a list events 0-15 and no others
        //= rfc4733#A-1 in the absence of knowledge the DTMF events are assumed
        assertThat(Dtmf.events("")).hasSize(16).contains(0, 15);
    }

    @Test void no_more_wait_than_the_limit() {
        var many = Collections.nCopies(1000, 1);
        assertThat(play(new Play(many, ms(1), ms(0), 0)).stream().filter(l -> l.contains("began")))
                .hasSize(EventSender.MAX_WAITING);
    }

    /// Each digit is told once and in order, however many packets are lost, repeated or overtaken,
    /// as long as one of each arrives.
    @Property(tries = 200) void each_digit_is_told_once(
            @ForAll long seed, @ForAll @DoubleRange(max = 0.9) double loss) {
        var random = new SplittableRandom(seed);
        var arrivals = new TreeMap<Long, EventReceiver.Input.Received>();
        var sure = new HashSet<Long>();
        run(new Play(List.of(1, 1, 2, 15), ms(100), ms(400), 0xffff_f000L), (at, output) -> {
            if (!(output instanceof EventSender.Output.Send(var p, _, long timestamp))) return;
            var input = new EventReceiver.Input.Received(p, timestamp);
            boolean lost = random.nextDouble() < loss && !sure.add(timestamp);
            for (int copies = lost ? 0 : 1 + random.nextInt(2); copies > 0; copies--)
                arrivals.put(at * 1_000_000 + random.nextLong(90_000_000), input);
        });
        var receiver = new EventReceiver(8000, Duration.ofMillis(50));
        var told = new ArrayList<String>();
        arrivals.forEach((nanos, input) -> {
            var now = Instant.EPOCH.plusNanos(nanos);
            receiver.wake(now).forEach(o -> told.add(text(o)));
            receiver.handle(input, now).forEach(o -> told.add(text(o)));
        });
        receiver.wake(receiver.deadline()).forEach(o -> told.add(text(o)));
        assertThat(told).containsExactly("began 1", "ended 1", "began 1", "ended 1",
                "began 2", "ended 2", "began 15", "ended 15");
    }

    private static String text(EventReceiver.Output output) {
        return switch (output) {
            case EventReceiver.Output.Began(int event) -> "began " + event;
            case EventReceiver.Output.Ended(int event, var length) -> {
                assertThat(length).isPositive().isLessThanOrEqualTo(ms(100));
                yield "ended " + event;
            }
        };
    }

    private final EventReceiver receiver = new EventReceiver(8000, ms(20));

    private String receive(int at, int event, boolean end, int duration, long timestamp) {
        return receiver.handle(new EventReceiver.Input.Received(
                new TelephoneEvent(event, end, 10, duration), timestamp),
                Instant.ofEpochMilli(at)).toString();
    }

    //= rfc4733#2.5.2.2-4 three intervals of silence, then the tone has ended
    //= rfc2833#3.5-3 no more than three packet intervals
    @Test void lost_ends_are_made_up_for() {
        assertThat(receive(0, 1, false, 160, 0)).isEqualTo("[Began[event=1]]");
        assertThat(receive(20, 1, false, 320, 0)).isEqualTo("[]");
        assertThat(receiver.wake(Instant.ofEpochMilli(79))).isEmpty();
        assertThat(receiver.wake(Instant.ofEpochMilli(80)).toString())
                .isEqualTo("[Ended[event=1, length=PT0.04S]]");
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
        //= rfc4733#2.5.2.2-5,8 late reports of it are ignored, and do not restart the tone
        assertThat(receive(90, 1, false, 800, 0)).isEqualTo("[]");
        assertThat(receiver.deadline()).isEqualTo(Instant.MAX);
        //= rfc4733#2.3.5-2 a report with zero duration is ignored
        assertThat(receive(95, 15, false, 0, 3000)).isEqualTo("[]");
        assertThat(receive(100, 2, false, 160, 4000)).isEqualTo("[Began[event=2]]");
        assertThat(receive(120, 3, true, 160, 8000)).isEqualTo(
                "[Ended[event=2, length=PT0.02S], Began[event=3], Ended[event=3, length=PT0.02S]]");
    }

    //= rfc4733#2.5.2.3-1 no gap, no second event
    @Test void segments_are_one_event() {
        receive(0, 1, false, 65535, 100);
        assertThat(receive(20, 1, false, 160, 65635)).isEqualTo("[]");
        //= rfc4733#2.5.2.2-10 timestamps and durations make the timing: 8 s after 40 ms
        assertThat(receive(40, 1, true, 320, 65635))
                .isEqualTo("[Ended[event=1, length=PT8.231875S]]");
        assertThat(receive(60, 2, true, 160, 80_000))
                .isEqualTo("[Began[event=2], Ended[event=2, length=PT0.02S]]");
    }
}
