package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sim.LinkedNode;

/// Two houses with a narrow place between them, through which pass the files of several: of others
/// who do as we do, and of others who fill every queue.
class NarrowPlaceTest {
    private static final int FILES = 2_000, RATE = 500_000;

    /// Of a twentieth and of half a second.
    private static final int SHORT = 25_000, LONG = 250_000;

    private static final boolean NIGHT = Integer.getInteger("tries.least", 0) > 0;

    private static final Duration AGAIN = Duration.ofSeconds(NIGHT ? 20 : 5),
            MEASURED = Duration.ofSeconds(NIGHT ? 120 : 15);

    private static final class Place {
        final World world = new World(1);
        final LinkedNode middle = world.superNode("middle", "203.0.113.1");
        final NatBox left = world.network.nat(Nat.FULL_CONE, "198.51.100.1"),
                right = world.network.nat(Nat.FULL_CONE, "198.51.100.2");
        final StreamPlay play = new StreamPlay();
        final Reno listener, speaker;
        private final SimHost ear = right.host("192.168.2.9"), mouth = left.host("192.168.1.9");

        Place(int queue) {
            var at = new InetSocketAddress("198.51.100.2", Reno.PORT);
            left.forward(new InetSocketAddress("198.51.100.1", Reno.PORT),
                    new InetSocketAddress("192.168.1.9", Reno.PORT));
            right.forward(at, new InetSocketAddress("192.168.2.9", Reno.PORT));
            world.network.wire(left, right, Wire.of(Duration.ofMillis(25)).rate(RATE, queue));
            listener = new Reno(ear, Optional.empty());
            speaker = new Reno(mouth, Optional.of(at));
            ear.start("ear", _ -> listener);
        }

        /// A node on the left that sends a file to one on the right, from now on; answers how much
        /// of it has come.
        IntSupplier file(int number) {
            var from = node("from" + number, left.host("192.168.1." + number));
            var to = node("to" + number, right.host("192.168.2." + number));
            run(Duration.ofSeconds(3));
            to.link(new Links.Command.Offer(FILES, true));
            from.link(new Links.Command.Know(to.contact()));
            play.open(from, to.key(), FILES, new byte[100_000_000]);
            return () -> play.progress(to).stream().mapToInt(i -> i).sum();
        }

        private LinkedNode node(String name, SimHost host) {
            var node = world.at(name, host, middle);
            node.listen(play.of(node));
            return node;
        }

        /// One that fills the queue, from now on; answers how much has come.
        IntSupplier filler() {
            mouth.start("mouth", _ -> speaker);
            return () -> (int) listener.received();
        }

        void run(Duration span) {
            for (long left = span.toSeconds(); left > 0; left--) {
                world.run(Duration.ofSeconds(1));
                world.trace.clear();
            }
        }

        /// Which parts of the narrow place each has, from some time on.
        List<Double> shares(IntSupplier... all) {
            run(AGAIN);
            var before = Stream.of(all).map(IntSupplier::getAsInt).toList();
            run(MEASURED);
            return IntStream.range(0, all.length).mapToObj(i -> (double)
                    (all[i].getAsInt() - before.get(i)) / RATE / MEASURED.toSeconds()).toList();
        }
    }

    /// Jain's index of fairness: 1 where all have the same, one part where one has all.
    private static double fairness(List<Double> shares) {
        double sum = 0, squares = 0;
        for (double each : shares) {
            sum += each;
            squares += each * each;
        }
        return sum * sum / shares.size() / squares;
    }

    /// The second comes when the queue of the first is there already. With bases of their own each
    /// would have all, or next to nothing, for a minute.
    @Test void of_two_files_the_later_has_as_much_as_the_first() {
        for (int queue : NIGHT ? new int[] {SHORT, LONG, 10_000} : new int[] {LONG}) {
            var place = new Place(queue);
            var first = place.file(2);
            place.run(AGAIN);
            var shares = place.shares(first, place.file(3));
            assertThat(fairness(shares)).as(queue + ": " + shares).isGreaterThan(0.9);
            assertThat(shares.getFirst() + shares.getLast()).isGreaterThan(0.85);
        }
    }

    /// It takes a share of what somebody else would take whole, and leaves him most.
    @Test void beside_one_that_fills_the_queue_a_file_has_a_share() {
        for (int queue : NIGHT ? new int[] {SHORT, LONG} : new int[] {SHORT}) {
            var place = new Place(queue);
            var file = place.file(2);
            place.run(AGAIN);
            has(place, file, place.filler(), queue == LONG ? 0.08 : 0.12);
        }
    }

    @Test void so_has_one_that_comes_later() {
        for (int queue : NIGHT ? new int[] {SHORT, LONG} : new int[] {SHORT}) {
            var place = new Place(queue);
            var filler = place.filler();
            place.run(AGAIN);
            has(place, place.file(2), filler, queue == LONG ? 0.06 : 0.12);
        }
    }

    private static void has(Place place, IntSupplier file, IntSupplier filler, double least) {
        var shares = place.shares(file, filler);
        assertThat(shares.getFirst()).as("" + shares).isBetween(least, 0.4);
        assertThat(shares.getLast()).isGreaterThan(0.55);
    }
}
