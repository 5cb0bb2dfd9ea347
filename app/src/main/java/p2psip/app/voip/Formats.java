package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3551.*;

/// What a phone speaks, and by which numbers it offers it.
final class Formats {
    /// The encoding of the keys pressed.
    static final String KEYS = "telephone-event";

    private static final List<Codec> CODECS =
            List.of(G711.PCMU, G711.PCMA, new L16(Source.RATE));

    /// The preferred first.
    //= rfc4733#2.5.2.1-1 with the fmtp that lists the events that can be received
    //= rfc4733#2.5.1.1-1 and those events that are sent
    //= rfc2833#3.9-1 to indicate which events can be handled
    static final List<Format> ALL = List.of(Format.of(0), Format.of(8),
            //= rfc3551#4.5-1 at another rate than its static numbers have: a dynamic one
            Format.of(96, "L16", Source.RATE, ""),
            Format.of(101, KEYS, Source.RATE, "0-15"));

    private Formats() {}

    /// What sound of this format is read and written by; empty if it is none.
    static Optional<Codec> codec(Format format) {
        return CODECS.stream().filter(c -> format.map().clockRate() == c.clockRate()
                && c.encoding().equalsIgnoreCase(format.map().encoding())).findFirst();
    }

    static boolean isKeys(Format format) {
        return format.map().encoding().equalsIgnoreCase(KEYS);
    }
}
