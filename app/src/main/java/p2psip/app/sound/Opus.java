package p2psip.app.sound;

import module java.base;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import p2psip.std.rfc3551.Codec;

/// Opus, by the library Concentus: all that is heard, in 6 to 510 kbit/s.
///
/// Packets do not repeat the one before in short, and what is lost is made up by [Concealment] as
/// for any codec: what this library makes of either is further from what was said.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7587#section-4 RFC 7587 §4
public enum Opus implements Codec {
    OPUS;

    private static final int RATE = 48_000;

    /// Of speech, in bits per second.
    private static final int BITRATE = 32_000;

    /// How hard it tries, of 10: with the most, 50 parties are more than a core can mix.
    private static final int COMPLEXITY = 2;

    /// As much as a datagram has room for, and as long as a packet can be.
    private static final int PACKET = 1275;
    private static final int LONGEST = RATE * 120 / 1000;

    @Override public String encoding() { return "opus"; }

    //= rfc7587#7-1 the clock rate of rtpmap is 48000, and the number of channels 2
    @Override public int clockRate() { return RATE; }

    /// Two by its rtpmap, always; here it is one that is said and heard.
    @Override public int channels() { return 2; }

    /// 10, 20, 40 or 60 ms.
    @Override public Duration packet(Duration wish) {
        long time = wish.toMillis();
        return Duration.ofMillis(time < 20 ? 10 : time < 40 ? 20 : time < 60 ? 40 : 60);
    }

    @Override public int length(ByteBuffer payload) {
        var packet = bytes(payload);
        try {
            return packet.length == 0 ? 0 : Math.clamp(OpusPacketInfo.getNumSamples(
                    packet, 0, packet.length, RATE), 0, LONGEST);
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        var bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    @Override public Encoder encoder() {
        try {
            //= rfc7587#3.1.3-2 continuous transmission, without DTX
            //= rfc7587#3.3-1 no FEC, which is of no use to who does not ask for it
            var opus = new OpusEncoder(RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            opus.setBitrate(BITRATE);
            opus.setComplexity(COMPLEXITY);
            return samples -> encode(opus, samples);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer encode(OpusEncoder opus, short[] samples) {
        try {
            var packet = new byte[PACKET];
            //= rfc7587#4.2-1 a payload has exactly one packet
            int size = opus.encode(samples, 0, samples.length, packet, 0, PACKET);
            return ByteBuffer.wrap(packet, 0, size);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override public Decoder decoder() {
        try {
            return new Listener(new OpusDecoder(RATE, 1));
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Listener(OpusDecoder opus) implements Decoder {
        /// A packet that is none is silence: who sends such is not heard, and does no harm.
        @Override public short[] decode(ByteBuffer payload) {
            var packet = bytes(payload);
            var heard = new short[LONGEST];
            try {
                int count = packet.length == 0 ? 0
                        : opus.decode(packet, 0, packet.length, heard, 0, heard.length, false);
                return Arrays.copyOf(heard, count);
            } catch (OpusException | RuntimeException | AssertionError e) {
                opus.resetState();
                return new short[0];
            }
        }
    }
}
