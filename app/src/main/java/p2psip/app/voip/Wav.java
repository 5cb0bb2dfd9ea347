package p2psip.app.voip;

import module java.base;
import p2psip.std.Bytes;

/// Sound as a file: RIFF/WAVE with 16-bit samples, one channel, 8000 samples a second.
public final class Wav {
    //= rfc3551#4.1-8 a sampling frequency from the set: 8,000 Hz
    public static final int RATE = 8000;

    private static final int RIFF = 0x46464952, WAVE = 0x45564157, FMT = 0x20746d66,
            DATA = 0x61746164;
    private static final int HEADER = 44;

    private Wav() {}

    /// The samples of a file.
    ///
    /// @throws IllegalArgumentException if it is no WAV file, or of another format; the message
    ///         says which
    public static short[] parse(byte[] file) {
        try {
            return read(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("WAV file is cut short", e);
        }
    }

    private static short[] read(ByteBuffer in) {
        if (in.getInt() != RIFF || in.getInt(8) != WAVE)
            throw new IllegalArgumentException("not a WAV file");
        in.position(12);
        while (true) {
            int chunk = in.getInt(), size = in.getInt(), start = in.position();
            if (size < 0) throw new IllegalArgumentException("WAV file is cut short");
            if (chunk == FMT) format(in);
            else if (chunk == DATA) return samples(in, Math.min(size, in.remaining()));
            in.position(start + size + (size & 1));
        }
    }

    private static void format(ByteBuffer in) {
        int coding = in.getShort(), channels = in.getShort(), rate = in.getInt();
        int bits = in.getShort(in.position() + 6);
        if (coding != 1 || channels != 1 || rate != RATE || bits != 16)
            throw new IllegalArgumentException("WAV file has format " + coding + ", " + channels
                    + " channels, " + rate + " Hz, " + bits + " bits; PCM, 1 channel, " + RATE
                    + " Hz, 16 bits are needed: sox IN -r 8000 -c 1 -b 16 OUT.wav");
    }

    private static short[] samples(ByteBuffer in, int size) {
        var samples = new short[size / 2];
        in.asShortBuffer().get(samples);
        return samples;
    }

    /// Samples as sound cards take them: high byte first.
    static Bytes bytes(short[] samples) {
        var out = ByteBuffer.allocate(2 * samples.length);
        out.asShortBuffer().put(samples);
        return Bytes.wrap(out.array());
    }

    static short[] samples(Bytes bytes) {
        return samples(bytes.buffer(), bytes.size());
    }

    /// A file with these samples.
    public static byte[] encode(short[] samples) {
        var out = ByteBuffer.allocate(HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(HEADER - 8 + 2 * samples.length).putInt(WAVE);
        out.putInt(FMT).putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE)
                .putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        out.putInt(DATA).putInt(2 * samples.length).asShortBuffer().put(samples);
        return out.array();
    }
}
