package p2psip.std.rfc5621;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message;

/// Bodies that consist of parts, which may again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5621#section-4 RFC 5621 §4
public final class Multipart {
    /// How many parts a body has at most, and how deep they are nested; one of more is not
    /// understood.
    static final int PARTS = 64, DEPTH = 4;

    private static final String PREFIX = "multipart/", ALTERNATIVE = "multipart/alternative";

    private static final String END = "\r\n";

    private Multipart() {}

    /// The parts of a message that are understood, in order: of a plain body this alone, of a
    /// message without one none. Empty if there is something that must be understood, and is not.
    ///
    /// @param understood whether a part which has no parts can be dealt with
    public static Optional<List<BodyPart>> read(Message message, Predicate<BodyPart> understood) {
        return message.body().isEmpty() ? Optional.of(List.of())
                : optional(BodyPart.of(message), understood, 0);
    }

    /// The first part that is wanted, whatever the others are; of several versions the last.
    public static Optional<BodyPart> find(Message message, Predicate<BodyPart> wanted) {
        return message.body().isEmpty() ? Optional.empty()
                : find(BodyPart.of(message), wanted, 0);
    }

    private static Optional<BodyPart> find(
            BodyPart part, Predicate<BodyPart> wanted, int depth) {
        if (!part.mediaType().startsWith(PREFIX)) return Optional.of(part).filter(wanted);
        var parts = depth == DEPTH ? List.<BodyPart>of() : split(part);
        return (part.mediaType().equals(ALTERNATIVE) ? parts.reversed() : parts).stream()
                .flatMap(each -> find(each, wanted, depth + 1).stream()).findFirst();
    }

    private static Optional<List<BodyPart>> optional(
            BodyPart part, Predicate<BodyPart> understood, int depth) {
        var read = read(part, understood, depth);
        return read.isEmpty() && part.optional() ? Optional.of(List.of()) : read;
    }

    private static Optional<List<BodyPart>> read(
            BodyPart part, Predicate<BodyPart> understood, int depth) {
        var type = part.mediaType();
        if (!type.startsWith(PREFIX)) return Optional.of(List.of(part)).filter(_ ->
                //= rfc5621#9.4-1 no reference is ever found: a by-reference part is not processed
                !part.disposition().equals("by-reference") && understood.test(part));
        //= rfc5621#4.2-1 parts within parts, too
        var parts = depth == DEPTH || !part.plain() ? List.<BodyPart>of() : split(part);
        if (parts.isEmpty()) return Optional.empty();
        //= rfc5621#4.2-2 two kinds of parts: versions of the same, and any other that are mixed
        return type.equals(ALTERNATIVE) ? best(parts, understood, depth)
                : each(parts, understood, depth);
    }

    /// Of several versions the last that is understood, which is the richest.
    private static Optional<List<BodyPart>> best(
            List<BodyPart> parts, Predicate<BodyPart> understood, int depth) {
        //= rfc5621#8.3-1 the handling of the whole counts
        //= rfc5621#8.3-2 and that of the versions is ignored
        return parts.reversed().stream().map(part -> read(part, understood, depth + 1))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<List<BodyPart>> each(
            List<BodyPart> parts, Predicate<BodyPart> understood, int depth) {
        var all = new ArrayList<BodyPart>();
        for (var part : parts) {
            var read = optional(part, understood, depth + 1);
            if (read.isEmpty()) return Optional.empty();
            all.addAll(read.get());
        }
        return Optional.of(all);
    }

    /// The parts between the boundaries; none if there is no boundary, or too many of them.
    private static List<BodyPart> split(BodyPart whole) {
        var boundary = whole.params("Content-Type").get("boundary").orElse("");
        if (boundary.isEmpty() || boundary.length() > 70) return List.of();
        //  a boundary is a line, or its beginning: one byte is one character here
        var text = END + new String(whole.bytes().toArray(), StandardCharsets.ISO_8859_1);
        var mark = END + "--" + boundary;
        var parts = new ArrayList<BodyPart>();
        for (int at = text.indexOf(mark); at >= 0; ) {
            int begin = at + mark.length();
            if (text.startsWith("--", begin)) return parts;
            int next = text.indexOf(mark, begin), line = text.indexOf(END, begin);
            if (next < 0 || line > next || parts.size() == PARTS) return List.of();
            parts.add(part(text.substring(Math.min(line + END.length(), next), next)));
            at = next;
        }
        return List.of();
    }

    private static BodyPart part(String text) {
        int end = text.startsWith(END) ? 0 : text.indexOf(END + END);
        var head = end < 0 ? text : text.substring(0, end);
        int body = end < 0 ? text.length() : end + (end == 0 ? END.length() : 2 * END.length());
        var headers = new ArrayList<Header>();
        for (var line : head.replaceAll("\r\n[ \t]+", " ").split(END)) {
            int colon = line.indexOf(':');
            if (colon > 0) headers.add(new Header(line.substring(0, colon).strip(),
                    line.substring(colon + 1)));
        }
        //  who says nothing of a part means plain text
        if (headers.stream().noneMatch(header -> header.is("Content-Type")))
            headers.add(new Header("Content-Type", "text/plain"));
        return new BodyPart(headers, Bytes.wrap(text.substring(body)
                .getBytes(StandardCharsets.ISO_8859_1)));
    }
}
