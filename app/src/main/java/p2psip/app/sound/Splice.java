package p2psip.app.sound;

/// Makes one frame of two, so that nobody hears it: it goes over from the first to the second where
/// both are most alike.
final class Splice {
    private Splice() {}

    /// @param first  as long as the second, which follows it
    /// @param rate   of the samples
    static short[] one(short[] first, short[] second, int rate) {
        int length = first.length, overlap = Math.min(rate / 200, length);
        int at = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + overlap <= length; i++) {
            double both = 0, apart = 1;
            for (int j = i; j < i + overlap; j++) {
                both += first[j] * second[j];
                apart += Math.pow(first[j] - second[j], 2);
            }
            if (both / apart > most) {
                most = both / apart;
                at = i;
            }
        }
        var spliced = second.clone();
        System.arraycopy(first, 0, spliced, 0, at);
        for (int j = 0; j < overlap; j++) {
            double weight = (j + 1.0) / (overlap + 1);
            spliced[at + j] = (short) Math.round(
                    (1 - weight) * first[at + j] + weight * second[at + j]);
        }
        return spliced;
    }
}
