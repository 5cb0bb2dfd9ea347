package p2psip.app.sound;

import module java.base;

/// Sound to try things on, and how much of it is left.
final class Voice {
    private Voice() {}

    /// Somebody sings a vowel: its pitch and loudness go up and down.
    static short[] vowel(int rate, int seconds) {
        var samples = new short[rate * seconds];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / rate;
            double pitch = 140 * (1 + 0.04 * Math.sin(2 * Math.PI * 5 * time)
                    + 0.1 * Math.sin(2 * Math.PI * 0.4 * time));
            phase += pitch / rate;
            double value = 0;
            for (int h = 1; h < 20; h++) value += formants(140 * h)
                    * Math.sin(2 * Math.PI * h * phase);
            samples[i] = (short) (4000 * value * (1 + 0.3 * Math.sin(2 * Math.PI * 1.3 * time)));
        }
        return samples;
    }

    /// How loud a frequency is in the vowel of "hut".
    private static double formants(double hertz) {
        return 1 / (1 + Math.pow((hertz - 650) / 120, 2))
                + 0.6 / (1 + Math.pow((hertz - 1150) / 150, 2))
                + 0.3 / (1 + Math.pow((hertz - 2500) / 200, 2)) + 0.02;
    }

    static short[] tone(int rate, double hertz, int seconds) {
        var samples = new short[rate * seconds];
        for (int i = 0; i < samples.length; i++)
            samples[i] = (short) Math.round(8000 * Math.sin(2 * Math.PI * hertz * i / rate));
        return samples;
    }

    /// Signal to noise in dB, of all of it.
    static double snr(short[] said, short[] heard) {
        double signal = 0, noise = 1e-9;
        for (int i = 0; i < Math.min(said.length, heard.length); i++) {
            signal += said[i] * said[i];
            noise += Math.pow(said[i] - heard[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    static short[] frame(short[] all, int index, int size) {
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }
}
