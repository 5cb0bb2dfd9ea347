package p2psip.app.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;

/// A point on the ring of 2^160: where a node stands and where a key is looked up. How far it is
/// from one to another is a number of as many bits, and said in the same way.
///
/// A node's point is the hash of its public key, so nobody chooses where to stand, and whoever
/// proves the key proves the place.
///
/// @param high   the first 64 of its 160 bits
/// @param middle the next 64
/// @param low    the last 32
public record NodeId(long high, long middle, int low) implements Comparable<NodeId> {

    /// Length on the wire.
    public static final int BYTES = 20;

    /// How many hexadecimal digits a point has.
    public static final int DIGITS = 2 * BYTES;

    public static final NodeId ZERO = new NodeId(0, 0, 0);

    /// The point of a key pair.
    ///
    /// @param publicKey the 32 bytes of an Ed25519 public key, as [Keys#raw] answers them
    public static NodeId of(Bytes publicKey) { return hash(publicKey.toArray()); }

    /// The point where records of a lookup key (`sip:alice@example.com`) are kept.
    public static NodeId of(String lookupKey) { return hash(lookupKey.getBytes(UTF_8)); }

    public static NodeId random(RandomGenerator random) {
        return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /// @throws SyntaxException if these are not forty hexadecimal digits
    public static NodeId parse(String hex) {
        if (hex.length() != DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit))
            throw new SyntaxException("not the " + DIGITS + " hexadecimal digits of a node id");
        return parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    /// Reads [#BYTES] bytes, most significant first.
    ///
    /// @throws SyntaxException if there are fewer
    public static NodeId parse(ByteBuffer in) {
        if (in.remaining() < BYTES) throw new SyntaxException("node id cut short");
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    public void encode(ByteBuffer out) { out.putLong(high).putLong(middle).putInt(low); }

    /// From 0 to 2^160-1.
    public BigInteger number() {
        var bytes = ByteBuffer.allocate(BYTES);
        encode(bytes);
        return new BigInteger(1, bytes.array());
    }

    /// How far it is to `to` when walking upwards, past the top and on from zero if need be.
    public NodeId clockwise(NodeId to) {
        long lows = Integer.toUnsignedLong(to.low) - Integer.toUnsignedLong(low);
        long borrowed = lows >>> 63;
        long middles = to.middle - middle - borrowed;
        int order = Long.compareUnsigned(to.middle, middle);
        boolean again = order < 0 || order == 0 && borrowed == 1;
        return new NodeId(to.high - high - (again ? 1 : 0), middles, (int) lows);
    }

    /// How far it is to `to` by the shorter way round; the same from either side.
    public NodeId distance(NodeId to) {
        var way = clockwise(to);
        return way.high < 0 ? to.clockwise(this) : way;
    }

    /// The point so far away, walking upwards.
    public NodeId plus(NodeId way) { return way.clockwise(ZERO).clockwise(this); }

    /// The middle of the way from zero to here.
    public NodeId half() {
        return new NodeId(high >>> 1, high << 63 | middle >>> 1, (int) (middle << 31) | low >>> 1);
    }

    /// The point on the other side of the ring.
    public NodeId opposite() { return new NodeId(high ^ Long.MIN_VALUE, middle, low); }

    /// The hexadecimal digit at a place, 0 being the most significant.
    public int digit(int place) {
        long word = place < 16 ? high : place < 32 ? middle : (long) low << 32;
        return (int) (word >>> 60 - 4 * (place % 16)) & 15;
    }

    /// How many leading digits are the same in both: [#DIGITS] if they are one point.
    public int sharedDigits(NodeId other) {
        if (high != other.high) return Long.numberOfLeadingZeros(high ^ other.high) / 4;
        if (middle != other.middle)
            return 16 + Long.numberOfLeadingZeros(middle ^ other.middle) / 4;
        return 32 + Integer.numberOfLeadingZeros(low ^ other.low) / 4;
    }

    /// The point with so many digits of this one, and the others of another.
    public NodeId until(int digits, NodeId then) {
        long first = mask(digits), second = mask(digits - 16);
        int third = (int) (mask(digits - 32) >>> 32);
        return new NodeId(high & first | then.high & ~first,
                middle & second | then.middle & ~second, low & third | then.low & ~third);
    }

    private static long mask(int digits) {
        return digits <= 0 ? 0 : digits >= 16 ? -1 : -1L << 64 - 4 * digits;
    }

    @Override public int compareTo(NodeId other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) order = Long.compareUnsigned(middle, other.middle);
        return order == 0 ? Integer.compareUnsigned(low, other.low) : order;
    }

    /// Forty hexadecimal digits.
    @Override public String toString() {
        var hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(middle) + hex.toHexDigits(low);
    }

    private static NodeId hash(byte[] bytes) { return parse(ByteBuffer.wrap(Keys.sha256(bytes))); }
}
