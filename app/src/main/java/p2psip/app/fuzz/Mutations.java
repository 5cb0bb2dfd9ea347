package p2psip.app.fuzz;

import module java.base;
import p2psip.std.Bytes;

/// Datagrams that are nearly right: seeds, which were right, with something done to them; a few are
/// left as they are, which is a replay, and a few are nothing but noise.
///
/// Seeds are told apart by their first two bits, which say who is meant. Half of what is made is of
/// the kind that the port is for; of the other kinds as many are made, whatever seeds they have.
public final class Mutations {
    /// Who is meant, in the order of the first two bits.
    public enum Kind {
        STUN, SIP, RTP, OVERLAY;

        static Kind of(Bytes datagram) { return values()[(datagram.at(0) & 0xc0) >> 6]; }
    }

    /// No datagram is longer.
    private static final int LONGEST = 65_507;

    /// What numbers in text become.
    private static final List<String> NUMBERS = List.of("0", "-1", "65536", "4294967295",
            "4294967296", "18446744073709551616", "9".repeat(60), "0x10", "1e9", "");

    /// What separates, ends and escapes in text.
    private static final byte[] SIGNS = "\r\n \t:;,=<>@%?&\"'/\\()[]{}\0\u007f".getBytes(
            java.nio.charset.StandardCharsets.ISO_8859_1);

    private final Map<Kind, List<byte[]>> kinds = new EnumMap<>(Kind.class);
    private final Kind mostly;
    private final RandomGenerator random;

    /// @param mostly what the port is for: there must be seeds of it
    public Mutations(Collection<Bytes> seeds, Kind mostly, RandomGenerator random) {
        for (var seed : seeds)
            if (!seed.isEmpty()) kinds.computeIfAbsent(Kind.of(seed), _ -> new ArrayList<>())
                    .add(seed.toArray());
        if (!kinds.containsKey(mostly))
            throw new IllegalArgumentException("no seeds of " + mostly);
        this.mostly = mostly;
        this.random = random;
    }

    /// The next datagram.
    public Bytes next() {
        var bytes = seed().clone();
        int fate = random.nextInt(20);
        if (fate == 0) return Bytes.wrap(noise(random.nextInt(1500)));
        if (fate == 1) return Bytes.wrap(bytes);
        for (int i = random.nextInt(1, 5); i > 0; i--) bytes = changed(bytes);
        return Bytes.slice(bytes, 0, Math.min(bytes.length, LONGEST));
    }

    private byte[] seed() {
        var all = List.copyOf(kinds.keySet());
        var kind = kinds.get(random.nextBoolean() ? mostly : all.get(random.nextInt(all.size())));
        return kind.get(random.nextInt(kind.size()));
    }

    private byte[] noise(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) return noise(1);
        int at = random.nextInt(bytes.length);
        int end = at + random.nextInt(Math.min(bytes.length - at, 64) + 1);
        return switch (random.nextInt(9)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(bytes, at, (byte) random.nextInt(256));
            case 2 -> with(bytes, at, SIGNS[random.nextInt(SIGNS.length)]);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> joined(bytes, at, new byte[0], end);
            case 5 -> joined(bytes, at, noise(random.nextInt(1, 40)), at);
            case 6 -> repeated(bytes, at, end);
            case 7 -> {
                var other = seed();
                int from = random.nextInt(other.length);
                yield joined(bytes, at, Arrays.copyOfRange(other, from,
                        Math.min(other.length, from + random.nextInt(64))), end);
            }
            default -> number(bytes, at);
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    /// All before `at`, something, and all from `end`.
    private static byte[] joined(byte[] bytes, int at, byte[] between, int end) {
        var all = Arrays.copyOf(bytes, at + between.length + bytes.length - end);
        System.arraycopy(between, 0, all, at, between.length);
        System.arraycopy(bytes, end, all, at + between.length, bytes.length - end);
        return all;
    }

    private byte[] repeated(byte[] bytes, int at, int end) {
        var part = Arrays.copyOfRange(bytes, at, end);
        var many = new ByteArrayOutputStream();
        for (int i = 1 << random.nextInt(8); i > 0 && bytes.length + many.size() < LONGEST; i--)
            many.writeBytes(part);
        return joined(bytes, end, many.toByteArray(), end);
    }

    /// Another number in place of the next digits.
    private byte[] number(byte[] bytes, int at) {
        while (at < bytes.length && !isDigit(bytes[at])) at++;
        int end = at;
        while (end < bytes.length && isDigit(bytes[end])) end++;
        var number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        return joined(bytes, at, Bytes.utf8(number).toArray(), end);
    }

    private static boolean isDigit(byte b) { return b >= '0' && b <= '9'; }
}
