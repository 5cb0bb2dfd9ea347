import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # What sound costs
///
/// A second of telephone sound is 8,000 samples of one byte. A datagram holds the sound of some
/// milliseconds, behind a header of 12 bytes; UDP adds 8 bytes and IP 20. How many bits does one
/// direction of a call send in a second?
///
/// Hint: how many datagrams leave in a second, and how long is each?
///
/// Hint: a byte has eight bits, and the headers are paid once for each datagram.
class Exercise1_2 {
    // answer
    long bitsPerSecond(int millisecondsEach) {
        long bytes = 8L * millisecondsEach + 12 + 8 + 20;   //~ long bytes = 8L * millisecondsEach;
        return bytes * 8 * 1000 / millisecondsEach;   //~ return bytes * 1000 / millisecondsEach;
    }
    // start
    //| long bitsPerSecond(int millisecondsEach) {
    //|     return 64_000;
    //| }
    // end

    @Test void usual_are_twenty_milliseconds() {
        assertThat(bitsPerSecond(20)).isEqualTo(80_000);
    }

    @Test void half_as_long_means_twice_the_headers() {
        assertThat(bitsPerSecond(10)).isEqualTo(96_000);
    }

    @Test void longer_ones_are_cheaper_and_later() {
        assertThat(bitsPerSecond(40)).isEqualTo(72_000);
    }
}
