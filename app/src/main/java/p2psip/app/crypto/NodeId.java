package p2psip.app.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;

/// A point on the ring of 2^160: where a node stands and where a key is looked up.
///
/// A node's point is the hash of its public key, so nobody chooses where to stand, and whoever
/// proves the key proves the place.
///
/// @param number from 0 to 2^160-1
public record NodeId(BigInteger number) implements Comparable<NodeId> {

    /// Length on the wire.
    public static final int BYTES = 20;

    /// How many hexadecimal digits a point has.
    public static final int DIGITS = 2 * BYTES;

    private static final BigInteger RING = BigInteger.TWO.pow(8 * BYTES);

    public NodeId {
        if (number.signum() < 0 || number.compareTo(RING) >= 0)
            throw new IllegalArgumentException("not on the ring: " + number);
    }

    /// The point of a key pair.
    ///
    /// @param publicKey the 32 bytes of an Ed25519 public key, as [Keys#raw] answers them
    public static NodeId of(Bytes publicKey) { return hash(publicKey.toArray()); }

    /// The point where records of a lookup key (`sip:alice@example.com`) are kept.
    public static NodeId of(String lookupKey) { return hash(lookupKey.getBytes(UTF_8)); }

    /// @throws SyntaxException if these are not forty hexadecimal digits
    public static NodeId parse(String hex) {
        if (!hex.matches("[0-9a-fA-F]{" + DIGITS + "}"))
            throw new SyntaxException("not the " + DIGITS + " hexadecimal digits of a node id");
        return new NodeId(new BigInteger(hex, 16));
    }

    /// Reads [#BYTES] bytes, most significant first.
    ///
    /// @throws SyntaxException if there are fewer
    public static NodeId parse(ByteBuffer in) {
        if (in.remaining() < BYTES) throw new SyntaxException("node id cut short");
        var bytes = new byte[BYTES];
        in.get(bytes);
        return new NodeId(new BigInteger(1, bytes));
    }

    public void encode(ByteBuffer out) {
        for (int shift = 8 * BYTES - 32; shift >= 0; shift -= 32)
            out.putInt(number.shiftRight(shift).intValue());
    }

    /// How far it is to `to` when walking upwards, past the top and on from zero if need be.
    public BigInteger clockwise(NodeId to) {
        var way = to.number.subtract(number);
        return way.signum() < 0 ? way.add(RING) : way;   // mod would divide
    }

    /// How far it is to `to` by the shorter way round; the same from either side.
    public BigInteger distance(NodeId to) {
        var way = to.number.subtract(number).abs();
        return way.bitLength() < 8 * BYTES ? way : RING.subtract(way);
    }

    /// The point on the other side of the ring.
    public NodeId opposite() { return new NodeId(number.flipBit(8 * BYTES - 1)); }

    /// The hexadecimal digit at a place, 0 being the most significant.
    public int digit(int place) {
        return number.shiftRight(4 * (DIGITS - 1 - place)).intValue() & 15;
    }

    /// How many leading digits are the same in both: [#DIGITS] if they are one point.
    public int sharedDigits(NodeId other) {
        return (8 * BYTES - number.xor(other.number).bitLength()) / 4;
    }

    @Override public int compareTo(NodeId other) { return number.compareTo(other.number); }

    /// Forty hexadecimal digits.
    @Override public String toString() {
        var hex = number.toString(16);
        return "0".repeat(DIGITS - hex.length()) + hex;
    }

    private static NodeId hash(byte[] bytes) {
        return new NodeId(new BigInteger(1, Arrays.copyOf(Keys.sha256(bytes), BYTES)));
    }
}
