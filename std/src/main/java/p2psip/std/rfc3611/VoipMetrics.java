package p2psip.std.rfc3611;

import static p2psip.std.rfc3611.ExtendedReport.bits;

import module java.base;

/// How good a call is, as it is heard where the report is made. All fields have a value; of what is
/// not known it is one that says so.
///
/// @param lossRate of all packets, in 256ths
/// @param discardRate of those that came too late or too early, in 256ths
/// @param burstDensity losses and discards within bursts, in 256ths
/// @param gapDensity the same between bursts
/// @param burst mean length, in milliseconds
/// @param gap mean length, in milliseconds
/// @param roundTrip in milliseconds, 0 if it is not known
/// @param endSystem delay in milliseconds, 0 if it is not known
/// @param signal level in dBm0, [#UNKNOWN] if it is not known
/// @param noise level in dBm0
/// @param echo return loss in dB
/// @param gmin so many received packets make a gap
/// @param r the R factor, 0 to 100, or [#UNKNOWN]
/// @param externalR of what lies behind this end
/// @param mosLq ten times the score for listening, 10 to 50, or [#UNKNOWN]
/// @param mosCq ten times the score for conversation
/// @param buffer of jitter
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.7 RFC 3611 §4.7
public record VoipMetrics(long ssrc, int lossRate, int discardRate, int burstDensity,
        int gapDensity, int burst, int gap, int roundTrip, int endSystem, int signal, int noise,
        int echo, int gmin, int r, int externalR, int mosLq, int mosCq, Buffer buffer)
        implements ExtendedReport.Block {
    public static final int UNKNOWN = 127;

    /// How losses are covered up.
    public enum Concealment { UNSPECIFIED, DISABLED, ENHANCED, STANDARD }

    /// Whether the size of the buffer follows the jitter.
    public enum Adaption { UNKNOWN, RESERVED, FIXED, ADAPTIVE }

    /// The jitter buffer, and what is done about losses.
    ///
    /// @param rate how quickly it adapts, 0 to 15
    /// @param nominal delay in milliseconds
    /// @param maximum delay in milliseconds
    /// @param absolute maximum that it may ever have
    public record Buffer(Concealment concealment, Adaption adaption, int rate, int nominal,
            int maximum, int absolute) {
        public Buffer {
            bits(rate, 4);
            //= rfc3611#4.7.7-4 what exceeds 65535 milliseconds is conveyed as 65535
            nominal = Math.clamp(nominal, 0, 0xffff);
            maximum = Math.clamp(maximum, 0, 0xffff);
            absolute = Math.clamp(absolute, 0, 0xffff);
        }

        /// A buffer of one size.
        //= rfc3611#4.7.7-2,3 its delay and its maximum are provided for a fixed one as well
        //= rfc3611#4.7.7-5 the absolute maximum of a fixed jitter buffer is the maximum
        public static Buffer fixed(Concealment concealment, int nominal, int maximum) {
            return new Buffer(concealment, Adaption.FIXED, 0, nominal, maximum, maximum);
        }

        //= rfc3611#4.7.6-2 with an adaptive one all sizes are specified
        public static Buffer adaptive(
                Concealment concealment, int rate, int nominal, int maximum, int absolute) {
            return new Buffer(
                    concealment, Adaption.ADAPTIVE, rate, nominal, maximum, absolute);
        }
    }

    public VoipMetrics {
        bits(ssrc, 32);
        for (int n : new int[] {lossRate, discardRate, burstDensity, gapDensity, echo, gmin})
            bits(n, 8);
        for (int n : new int[] {burst, gap, roundTrip, endSystem}) bits(n, 16);
        if (signal != (byte) signal || noise != (byte) noise)
            throw new IllegalArgumentException("levels " + signal + ", " + noise);
        //= rfc3611#4.7.6-1 Gmin is not zero
        if (gmin == 0) throw new IllegalArgumentException("no Gmin");
        //= rfc3611#4.7.5-2,3 R factors of 0 to 100, or 127, and no other values
        if (!factor(r) || !factor(externalR))
            throw new IllegalArgumentException("R " + r + ", " + externalR);
        //= rfc3611#4.7.5-4,5 scores of 10 to 50, or 127: other values are not sent
        if (!score(mosLq) || !score(mosCq))
            throw new IllegalArgumentException("MOS " + mosLq + ", " + mosCq);
    }

    private static boolean factor(int r) { return r >= 0 && r <= 100 || r == UNKNOWN; }

    private static boolean score(int mos) { return mos >= 10 && mos <= 50 || mos == UNKNOWN; }

    static VoipMetrics read(ByteBuffer in) {
        long ssrc = Integer.toUnsignedLong(in.getInt());
        int loss = octet(in), discard = octet(in), burstDensity = octet(in), gapDensity = octet(in);
        int burst = half(in), gap = half(in), roundTrip = half(in), endSystem = half(in);
        int signal = in.get(), noise = in.get(), echo = octet(in), gmin = octet(in);
        //= rfc3611#4.7.5-2,3 other values of the R factors are ignored
        int r = known(octet(in), VoipMetrics::factor), externalR = known(octet(in),
                VoipMetrics::factor);
        //= rfc3611#4.7.5-4,5 and other values of the scores
        int mosLq = known(octet(in), VoipMetrics::score), mosCq = known(octet(in),
                VoipMetrics::score);
        int config = octet(in);
        //= rfc3611#4.7-3 the reserved bits are ignored
        in.get();
        return new VoipMetrics(ssrc, loss, discard, burstDensity, gapDensity, burst, gap,
                roundTrip, endSystem, signal, noise, echo, gmin, r, externalR, mosLq, mosCq,
                new Buffer(Concealment.values()[config >> 6],
                        Adaption.values()[config >> 4 & 3], config & 15,
                        half(in), half(in), half(in)));
    }

    private static int octet(ByteBuffer in) { return in.get() & 0xff; }

    private static int half(ByteBuffer in) { return in.getShort() & 0xffff; }

    private static int known(int value, IntPredicate valid) {
        return valid.test(value) ? value : UNKNOWN;
    }

    //= rfc3611#4.7-1 all the fields have values
    void write(ByteBuffer out) {
        for (int n : new int[] {(int) ssrc,
                lossRate << 24 | discardRate << 16 | burstDensity << 8 | gapDensity,
                burst << 16 | gap, roundTrip << 16 | endSystem,
                (signal & 0xff) << 24 | (noise & 0xff) << 16 | echo << 8 | gmin,
                r << 24 | externalR << 16 | mosLq << 8 | mosCq,
                //= rfc3611#4.7.6-3 PLC, JBA and JB rate fill the byte, and what is reserved is zero
                buffer.concealment.ordinal() << 30 | buffer.adaption.ordinal() << 28
                        | buffer.rate << 24 | buffer.nominal,
                buffer.maximum << 16 | buffer.absolute}) out.putInt(n);
    }
}
