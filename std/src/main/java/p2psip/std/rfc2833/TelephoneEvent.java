package p2psip.std.rfc2833;

import module java.base;

/// The payload of a `telephone-event` packet: what is going on, and for how long already.
///
/// @param event a DTMF digit ([Dtmf]) or another event, 0 to 255
/// @param end whether the duration is final
/// @param volume of a DTMF tone, in dBm0 below zero: 0 (loud) to 63
/// @param duration so far, in timestamp units, 0 to 65535
/// @spec https://www.rfc-editor.org/rfc/rfc2833#section-3.5 RFC 2833 §3.5
public record TelephoneEvent(int event, boolean end, int volume, int duration) {
    public static final int SIZE = 4;
    public static final int MAX_DURATION = 0xffff;

    public TelephoneEvent {
        if (event < 0 || event > 255 || volume < 0 || volume > 63
                || duration < 0 || duration > MAX_DURATION)
            throw new IllegalArgumentException("event " + event + " volume " + volume
                    + " duration " + duration);
    }

    /// Reads the payload at the buffer's position: event, E bit, a reserved bit, volume, duration;
    /// what follows it is left.
    ///
    /// @throws SyntaxException if the payload is cut short
    public static TelephoneEvent parse(ByteBuffer in) {
        if (in.remaining() < SIZE) throw new SyntaxException(in.remaining() + " bytes of event");
        //                  event    E R volume duration
        //                  0xff00_00_0000    ||
        int bits = in.getInt();
        //= rfc2833#3.5-4 the reserved bit is ignored
        //= rfc4733#2.3.3-1 by the receiver
        return new TelephoneEvent(
                bits >>> 24, (bits & 0x80_0000) != 0, bits >>> 16 & 0x3f, bits & 0xffff);
    }

    public void encode(ByteBuffer out) {
        //= rfc2833#3.5-4 the reserved bit is zero
        //= rfc4733#2.3.3-1 which the sender sets
        out.putInt(event << 24 | (end ? 0x80_0000 : 0) | volume << 16 | duration);
    }

    /// How long the event has lasted, at this clock rate.
    public Duration length(int clockRate) { return length(duration, clockRate); }

    static Duration length(long units, int clockRate) {
        return Duration.ofNanos(units * 1_000_000_000L / clockRate);
    }
}
