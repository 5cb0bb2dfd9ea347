package p2psip.std.rfc3551;

import module java.base;

/// Samples as they are: two bytes each, the high one first.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-4.5.11 RFC 3551 §4.5.11
public record L16(int clockRate) implements Codec, Codec.Encoder, Codec.Decoder {
    @Override public String encoding() { return "L16"; }

    @Override public int length(ByteBuffer payload) { return payload.remaining() / 2; }

    @Override public Encoder encoder() { return this; }

    @Override public Decoder decoder() { return this; }

    @Override public ByteBuffer encode(short[] samples) {
        var out = ByteBuffer.allocate(2 * samples.length);
        //= rfc3551#4.5.11¶1 two's complement in network byte order
        //= rfc3551#4.3-2 as encodings of several octets have it
        out.asShortBuffer().put(samples);
        return out;
    }

    @Override public short[] decode(ByteBuffer payload) {
        var samples = new short[payload.remaining() / 2];
        payload.asShortBuffer().get(samples);
        return samples;
    }
}
