package p2psip.app.sim;

import module java.base;

/// How long a datagram takes between two places of a laboratory: 50 ms there and back in the mean.
public enum Latency {
    /// Places are points of a square, by chance; the way is as long as the line between them, and
    /// nothing is nearer than 2 ms. So neighbours of neighbours are near.
    PLANE {
        @Override long way(Spot from, Spot to) {
            double line = Math.sqrt((from.x - to.x) * (from.x - to.x)
                    + (from.y - to.y) * (from.y - to.y));
            return NEAREST + (long) (line / MEAN_LINE * (MEAN - NEAREST));
        }
    },

    /// Each pair has a way of its own, and who is near to whom says nothing of others. Its
    /// logarithm is normal, as it is found between servers of the Internet: half of the pairs are
    /// below 42 ms there and back, one in twenty is above 112.
    MATRIX {
        @Override long way(Spot from, Spot to) {
            double bell = bell(mixed(from.number, to.number));
            return (long) (MEAN * StrictMath.exp(SPREAD * bell - SPREAD * SPREAD / 2));
        }
    };

    /// A place.
    ///
    /// @param number tells it from all others
    record Spot(int number, double x, double y) {
        static Spot random(int number, RandomGenerator random) {
            return new Spot(number, random.nextDouble(), random.nextDouble());
        }
    }

    /// One way in the mean, and at least on a plane, in nanoseconds.
    static final long MEAN = 25_000_000, NEAREST = 1_000_000;

    /// The mean line between two points of a square whose sides are 1.
    private static final double MEAN_LINE = 0.521405;

    /// Of the logarithm.
    private static final double SPREAD = 0.6;

    /// Of the sum of six even numbers from 0 to 255.
    private static final double DEVIATION = Math.sqrt(6 * (256 * 256 - 1) / 12.0);

    /// One way, in nanoseconds; the same there and back.
    abstract long way(Spot from, Spot to);

    /// Even bits of two numbers, in whichever order.
    private static long mixed(int one, int other) {
        long z = ((long) Math.min(one, other) << 32 | Math.max(one, other)) + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /// A normal number from even bits: the sum of six even numbers of eight bits is nearly one.
    private static double bell(long bits) {
        int sum = 0;
        for (int i = 0; i < 6; i++) sum += (int) (bits >>> 8 * i) & 255;
        return (sum - 6 * 127.5) / DEVIATION;
    }
}
