package p2psip.std.rfc3550;

import module java.base;

/// Wall time as NTP has it: seconds since 1900 in 32 bits, and 32 bits of fraction.
///
/// @param bits all 64
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-4 RFC 3550 §4
public record NtpTimestamp(long bits) {
    public static final NtpTimestamp NONE = new NtpTimestamp(0);

    /// Seconds from 1900, where NTP begins, to 1970.
    private static final long UNIX_EPOCH = 2_208_988_800L;
    private static final long NANOS = 1_000_000_000L;

    public static NtpTimestamp of(Instant time) {
        long fraction = ((long) time.getNano() << 32) / NANOS;
        return new NtpTimestamp(time.getEpochSecond() + UNIX_EPOCH << 32 | fraction);
    }

    /// The time meant, taken to be within 68 years of another, for the seconds wrap around in 2036.
    public Instant near(Instant other) {
        long seconds = (bits >>> 32) - UNIX_EPOCH;
        long era = Math.floorDiv(other.getEpochSecond() - seconds + (1L << 31), 1L << 32);
        long nanos = (bits & 0xffff_ffffL) * NANOS + (1L << 31) >>> 32;
        return Instant.ofEpochSecond(seconds + (era << 32), nanos);
    }

    /// Seconds in 16 bits and their fraction in 16 bits.
    //= rfc3550#4¶3 where less is enough, the middle 32 bits serve
    public long middle() { return bits >>> 16 & 0xffff_ffffL; }

    /// A time in units of 1/65536 s, as reports give delays; at most what 32 bits hold.
    static long units(Duration time) {
        long units = (time.toSeconds() << 16) + ((long) time.getNano() << 16) / NANOS;
        return Math.clamp(units, 0, 0xffff_ffffL);
    }

    static Duration duration(long units) {
        return Duration.ofSeconds(units >> 16, (units & 0xffff) * NANOS >> 16);
    }
}
