package p2psip.std.rfc3264;

import module java.base;
import p2psip.std.rfc3551.PayloadTypes;
import p2psip.std.rfc4566.*;

/// A media format: an encoding, the number it goes by, and its parameters.
///
/// @param fmtp parameters as in `a=fmtp`, empty if there are none
/// @spec https://www.rfc-editor.org/rfc/rfc3264#section-5.1 RFC 3264 §5.1
public record Format(RtpMap map, String fmtp) {
    /// Less the marker bit: 200 and 201.
    private static final List<Integer> RESERVED = List.of(72, 73);

    /// What goes along with a codec and is none: keys, the noise of silence, what was sent before.
    private static final Set<String> COMPANIONS = Set.of("telephone-event", "tone", "cn", "red");

    /// A format with a static payload type number.
    ///
    /// @throws NoSuchElementException if the number is none
    public static Format of(int payloadType) {
        return new Format(mapOf(payloadType).orElseThrow(), "");
    }

    public static Format of(int payloadType, String encoding, int clockRate, String fmtp) {
        return new Format(new RtpMap(payloadType, encoding, clockRate, 1), fmtp);
    }

    public int payloadType() { return map.payloadType(); }

    public boolean sameEncoding(Format other) { return map.sameEncoding(other.map); }

    Format numbered(int payloadType) {
        return new Format(new RtpMap(
                payloadType, map.encoding(), map.clockRate(), map.channels()), fmtp);
    }

    /// The formats of a medium that can be told, in its order.
    public static List<Format> of(Media medium) {
        var maps = medium.rtpMaps();
        return medium.formats().stream().filter(f -> f.matches("[0-9]{1,3}"))
                //= rfc3550#12-1 no payload type that with its marker bit reads as SR or RR
                .filter(f -> !RESERVED.contains(Integer.parseInt(f)))
                .flatMap(f -> map(Integer.parseInt(f), maps).stream()
                        .map(m -> new Format(m, medium.fmtp(f).orElse("")))).toList();
    }

    /// Whether two media can be one: they have a format in common that is worth a stream.
    static boolean meet(List<Format> ours, List<Format> theirs) {
        return theirs.stream().anyMatch(f -> ours.stream().anyMatch(f::sameEncoding)
                && !COMPANIONS.contains(f.map.encoding().toLowerCase(Locale.ROOT)));
    }

    private static Optional<RtpMap> map(int payloadType, List<RtpMap> maps) {
        //= rfc3551#3-4 a static number may be bound to another encoding
        return maps.stream().filter(m -> m.payloadType() == payloadType).findFirst()
                //= rfc3264#5.1¶7 without an rtpmap the number means what the profile says
                .or(() -> mapOf(payloadType));
    }

    private static Optional<RtpMap> mapOf(int payloadType) {
        return PayloadTypes.of(payloadType)
                .map(e -> new RtpMap(payloadType, e.name(), e.clockRate(), e.channels()));
    }
}
