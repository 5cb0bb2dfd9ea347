package p2psip.app.voip;

import module java.base;

/// Sound as a file: RIFF/WAVE with 16-bit samples, one channel, 8000 samples a second.
public final class Wav {
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
        if (coding != 1 || channels != 1 || rate != Source.RATE || bits != 16)
            throw new IllegalArgumentException("WAV file has format " + coding + ", " + channels
                    + " channels, " + rate + " Hz, " + bits + " bits; PCM, 1 channel, "
                    + Source.RATE + " Hz, 16 bits are needed: sox IN -r 8000 -c 1 -b 16 OUT.wav");
    }

    private static short[] samples(ByteBuffer in, int size) {
        var samples = new short[size / 2];
        in.asShortBuffer().get(samples);
        return samples;
    }

    /// A file with these samples.
    public static byte[] encode(short[] samples) {
        var out = ByteBuffer.allocate(HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(HEADER - 8 + 2 * samples.length).putInt(WAVE);
        out.putInt(FMT).putInt(16).putShort((short) 1).putShort((short) 1).putInt(Source.RATE)
                .putInt(2 * Source.RATE).putShort((short) 2).putShort((short) 16);
        out.putInt(DATA).putInt(2 * samples.length).asShortBuffer().put(samples);
        return out.array();
    }
}
