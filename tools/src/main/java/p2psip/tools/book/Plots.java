package p2psip.tools.book;

import module java.base;
import p2psip.app.sim.Plot;
import p2psip.app.sim.Plot.*;
import p2psip.std.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.Session.Input;

/// The plots of the book, by their names.
public final class Plots {
    private Plots() {}

    /// @throws IllegalArgumentException if there is none of this name
    public static Plot of(String name) {
        return switch (name) {
            case "jitter" -> jitter();
            case "reports" -> reports();
            case "buffer" -> SoundPlots.buffer();
            case "concealment" -> SoundPlots.concealment();
            case "quality" -> SoundPlots.quality();
            default -> throw new IllegalArgumentException("no plot " + name
                    + ", there are: jitter, reports, buffer, concealment, quality");
        };
    }

    private static Session session(long seed) {
        return new Session(new Session.Parameters(Set.of(0), 64_000, 8000, "bob@10.0.0.2"),
                new SplittableRandom(seed));
    }

    /// Sound every 20 ms over a wire that delays each packet by chance: by up to 2 ms at first, by
    /// up to 30 ms from the second second to the fourth.
    private static Plot jitter() {
        var receiver = session(1);
        receiver.handle(new Input.Join(), Instant.EPOCH);
        var chance = new SplittableRandom(1);
        var from = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 7000);
        var points = new ArrayList<Point>();
        for (int i = 0; i < 300; i++) {
            int sent = 20 * i;
            double late = chance.nextDouble() * (sent >= 2000 && sent < 4000 ? 30 : 2);
            var packet = RtpPacket.of(i == 0, 0, new SequenceNumber(i), 160L * i, 7,
                    Bytes.wrap(new byte[160]));
            receiver.handle(new Input.RtpReceived(packet.encode(), from),
                    Instant.EPOCH.plusNanos((long) ((sent + late) * 1e6)));
            for (var reception : receiver.receptions()) points.add(new Point(
                    sent / 1000.0, reception.jitter().toNanos() / 1e6));
        }
        return plot("jitter, as a report says it", "seconds", "ms", points);
    }

    /// The time between one report of a telephone and its next, for ten minutes.
    private static Plot reports() {
        var session = session(2);
        session.handle(new Input.Join(), Instant.EPOCH);
        var points = new ArrayList<Point>();
        var last = Instant.EPOCH;
        while (session.deadline().isBefore(Instant.EPOCH.plusSeconds(600))) {
            var now = session.deadline();
            boolean sent = session.wake(now).stream()
                    .anyMatch(Session.Output.SendRtcp.class::isInstance);
            if (!sent) continue;
            points.add(new Point(now.getEpochSecond(),
                    Duration.between(last, now).toNanos() / 1e9));
            last = now;
        }
        return plot("the wait before each report", "seconds", "s", points);
    }

    private static Plot plot(String title, String across, String up, List<Point> points) {
        return new Plot(title, across, up, List.of(new Series("", points)));
    }
}
