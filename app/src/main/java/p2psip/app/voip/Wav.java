package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3551.G711;

/// Sound as a file: RIFF/WAVE with samples of 16 bits, or of G.711.
public final class Wav {
    private static final int RIFF = 0x46464952, WAVE = 0x45564157, FMT = 0x20746d66,
            DATA = 0x61746164;
    private static final int HEADER = 44;
    private static final int PCM = 1, A_LAW = 6, MU_LAW = 7;

    private record Format(int coding, int channels, int rate, int bits) {
        /// Rates are those that can be brought to the ones of codecs.
        private static final Set<Integer> RATES = new TreeSet<>(List.of(8000, 11_025, 12_000,
                16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000));

        Format {
            boolean known = coding == PCM && bits == 16
                    || (coding == A_LAW || coding == MU_LAW) && bits == 8;
            if (!known || channels < 1 || channels > 2 || !RATES.contains(rate))
                throw new IllegalArgumentException("WAV file has format " + coding + ", "
                        + channels + " channels, " + rate + " Hz, " + bits + " bits; PCM of 16 bits"
                        + " or G.711, 1 or 2 channels and a usual rate are needed:"
                        + " sox IN -r 16000 -c 1 -b 16 OUT.wav");
        }
    }

    private Wav() {}

    /// The sound of a file, of both channels if there are two.
    ///
    /// @throws IllegalArgumentException if it is no WAV file, or of another format; the message
    ///         says which
    public static Source.Samples parse(byte[] file) {
        try {
            return read(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("WAV file is cut short", e);
        }
    }

    private static Source.Samples read(ByteBuffer in) {
        if (in.getInt() != RIFF || in.getInt(8) != WAVE)
            throw new IllegalArgumentException("not a WAV file");
        in.position(12);
        var format = Optional.<Format>empty();
        while (true) {
            int chunk = in.getInt(), size = in.getInt(), start = in.position();
            if (size < 0) throw new IllegalArgumentException("WAV file is cut short");
            if (chunk == FMT) format = Optional.of(new Format(in.getShort() & 0xffff,
                    in.getShort(), in.getInt(), in.getShort(start + 14)));
            else if (chunk == DATA) return samples(in.slice(start, Math.min(size, in.remaining()))
                    .order(ByteOrder.LITTLE_ENDIAN), format.orElseThrow(() ->
                            new IllegalArgumentException("WAV file does not say its format")));
            in.position(start + size + (size & 1));
        }
    }

    private static Source.Samples samples(ByteBuffer in, Format format) {
        short[] all;
        if (format.coding == PCM) {
            all = new short[in.remaining() / 2];
            in.asShortBuffer().get(all);
        } else all = (format.coding == A_LAW ? G711.PCMA : G711.PCMU).decode(in);
        if (format.channels == 1) return new Source.Samples(format.rate, all);
        var both = new short[all.length / 2];
        for (int i = 0; i < both.length; i++) both[i] = (short) (all[2 * i] + all[2 * i + 1] >> 1);
        return new Source.Samples(format.rate, both);
    }

    /// A file with these channels, of which the longest says how long it is.
    public static byte[] encode(int rate, short[]... channels) {
        int length = Stream.of(channels).mapToInt(c -> c.length).max().orElse(0);
        int frame = 2 * channels.length, size = length * frame;
        var out = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(HEADER - 8 + size).putInt(WAVE);
        out.putInt(FMT).putInt(16).putShort((short) PCM).putShort((short) channels.length)
                .putInt(rate).putInt(frame * rate).putShort((short) frame).putShort((short) 16);
        out.putInt(DATA).putInt(size);
        for (int i = 0; i < length; i++)
            for (var channel : channels) out.putShort(i < channel.length ? channel[i] : 0);
        return out.array();
    }
}
