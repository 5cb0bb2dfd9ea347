package p2psip.std.rfc3551;

import module java.base;

/// PCMU and PCMA: 16-bit samples as 8-bit floating point, sign, exponent (*segment*), mantissa.
///
/// A code stands for the middle of an interval, and a sample becomes the code of the interval that
/// it is in. There is no state: it is its own encoder and decoder.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3551#section-4.5.14 RFC 3551 §4.5.14
public enum G711 implements Codec, Codec.Encoder, Codec.Decoder {
    /// mu-law, payload type 0: bits inverted, so that silence is all ones.
    PCMU(0) {
        @Override public byte encode(int sample) {
            int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
            int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
            int mantissa = magnitude >> segment + 3 & 15;
            //= rfc3551#4.5.14-2 the sign is the most significant bit
            return (byte) ~((sample < 0 ? 0x80 : 0) | segment << 4 | mantissa);
        }

        @Override int value(int code) {
            int bits = ~code;
            int segment = bits >> 4 & 7;
            int magnitude = (((bits & 15) << 3) + MU_BIAS << segment) - MU_BIAS;
            return (bits & 0x80) != 0 ? -magnitude : magnitude;
        }
    },
    /// A-law, payload type 8: every other bit inverted; there is no zero, only plus and minus 8.
    PCMA(8) {
        @Override public byte encode(int sample) {
            int magnitude = sample < 0 ? ~sample : sample;
            int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
            int mantissa = magnitude >> Math.max(1, segment) + 3 & 15;
            //= rfc3551#4.5.14-2 the sign is the most significant bit
            return (byte) (((sample < 0 ? 0 : 0x80) | segment << 4 | mantissa) ^ A_INVERT);
        }

        @Override int value(int code) {
            int bits = code ^ A_INVERT;
            int segment = bits >> 4 & 7;
            int magnitude = ((bits & 15) << 4) + 8;
            if (segment > 0) magnitude = magnitude + 0x100 << segment - 1;
            return (bits & 0x80) != 0 ? magnitude : -magnitude;
        }
    };

    private static final int MU_BIAS = 132;
    private static final int MU_CLIP = 32635;
    private static final int A_INVERT = 0x55;

    private final int payloadType;
    private final short[] values = new short[256];

    G711(int payloadType) {
        this.payloadType = payloadType;
        for (int code = 0; code < 256; code++) values[code] = (short) value(code);
    }

    abstract int value(int code);

    public int payloadType() { return payloadType; }

    /// The code for a sample between -32768 and 32767.
    public abstract byte encode(int sample);

    /// The sample that a code stands for.
    public short decode(byte code) { return values[code & 0xff]; }

    @Override public String encoding() { return name(); }

    @Override public int clockRate() { return 8000; }

    @Override public int length(ByteBuffer payload) { return payload.remaining(); }

    @Override public Encoder encoder() { return this; }

    @Override public Decoder decoder() { return this; }

    @Override public ByteBuffer encode(short[] samples) {
        var out = ByteBuffer.allocate(samples.length);
        //= rfc3551#4.5.14-1,3 each sample is one octet of 8 bits in the packet
        for (short sample : samples) out.put(encode(sample));
        return out.flip();
    }

    @Override public short[] decode(ByteBuffer payload) {
        var samples = new short[payload.remaining()];
        for (int i = 0; i < samples.length; i++) samples[i] = decode(payload.get());
        return samples;
    }
}
