package p2psip.app.peers;

import module java.base;

/// Tones in WAV files: made for a phone to play, and found in what another has recorded.
final class Tone {
    private static final int RATE = 8000, HEADER = 44;

    private Tone() {}

    static void write(Path file, int hertz, Duration length) throws IOException {
        int samples = (int) length.toSeconds() * RATE;
        var wav = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes()).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes()).putInt(16)
                .putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE)
                .putShort((short) 2).putShort((short) 16)
                .put("data".getBytes()).putInt(2 * samples);
        for (int i = 0; i < samples; i++)
            wav.putShort((short) (8000 * Math.sin(2 * Math.PI * hertz * i / RATE)));
        Files.write(file, wav.array());
    }

    /// Seconds of sound in a file.
    static double seconds(Path wav) throws IOException {
        return (Files.size(wav) - HEADER) / 2.0 / RATE;
    }

    /// The share of a recording's energy that lies at a frequency: about 1 for a pure tone. Of
    /// several channels the first is looked at.
    static double share(Path wav, int hertz) throws IOException {
        var file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        int channels = file.getShort(22), rate = file.getInt(24);
        var in = file.position(HEADER).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        var samples = new short[in.remaining() / channels];
        for (int i = 0; i < samples.length; i++) samples[i] = in.get(i * channels);
        return share(samples, hertz * RATE / rate);
    }

    static double share(short[] in, int hertz) {
        double energy = 0, re = 0, im = 0;
        int n = in.length;
        // Windows of 100 ms: a lost packet shifts the phase of what follows.
        double at = 0;
        for (int from = 0; from + RATE / 10 <= n; from += RATE / 10, at += re * re + im * im) {
            re = im = 0;
            for (int i = 0; i < RATE / 10; i++) {
                double x = in[from + i];
                energy += x * x;
                re += x * Math.cos(2 * Math.PI * hertz * i / RATE);
                im += x * Math.sin(2 * Math.PI * hertz * i / RATE);
            }
        }
        return energy == 0 ? 0 : at / (energy * RATE / 20);
    }
}
