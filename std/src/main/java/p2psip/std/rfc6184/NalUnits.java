package p2psip.std.rfc6184;

import module java.base;
import p2psip.std.Bytes;

/// What is known of NAL units without decoding them: their types, and where a picture begins.
///
/// ```text
///  +---------------+
///  |0|1|2|3|4|5|6|7|   F: broken, NRI: whether others refer to it, Type
///  |F|NRI|  Type   |
///  +---------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc6184#section-1.3 RFC 6184 §1.3
public final class NalUnits {
    /// A slice of a picture that others may be predicted from, or of one that needs no other.
    static final int SLICE = 1, INTRA = 5;

    /// The parameters of a sequence: begins with the profile and the level.
    static final int SEQUENCE = 7;

    /// What goes before the first slice of a picture: from extra information to the delimiter.
    private static final int FIRST_BEFORE = 6, LAST_BEFORE = 9;

    private NalUnits() {}

    /// 1 to 23 are units; those above are packets of several or of a part.
    public static int type(Bytes unit) { return unit.at(0) & 0x1f; }

    static boolean isUnit(int type) { return type >= 1 && type <= 23; }

    private static boolean isSlice(int type) { return type >= SLICE && type <= INTRA; }

    /// Units as they come, one picture after the other: each begins with what goes before its
    /// first slice, or with the slice whose first macroblock is the first of the picture.
    public static List<List<Bytes>> pictures(List<Bytes> units) {
        var all = new ArrayList<List<Bytes>>();
        var picture = new ArrayList<Bytes>();
        boolean sliced = false;
        for (var unit : units) {
            int type = type(unit);
            boolean slice = isSlice(type);
            // first_mb_in_slice is 0 if the first bit behind the header is set
            boolean begins = slice ? unit.size() > 1 && (unit.at(1) & 0x80) != 0
                    : type >= FIRST_BEFORE && type <= LAST_BEFORE;
            if (sliced && begins) {
                all.add(List.copyOf(picture));
                picture.clear();
                sliced = false;
            }
            sliced |= slice;
            picture.add(unit);
        }
        if (!picture.isEmpty()) all.add(List.copyOf(picture));
        return all;
    }

    /// The profile and the level of a stream, six hexadecimal digits, if it says them.
    public static Optional<String> profileLevel(List<Bytes> units) {
        return units.stream().filter(u -> type(u) == SEQUENCE && u.size() >= 4).findFirst()
                .map(u -> "%02X%02X%02X".formatted(u.at(1) & 0xff, u.at(2) & 0xff, u.at(3) & 0xff));
    }
}
