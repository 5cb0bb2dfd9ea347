package p2psip.app.web;

import module java.base;

/// Paths of resources. Each has one spelling, so that nobody can mean another than is looked at:
/// no empty segment, no dots, and of what may be escaped only what must be.
final class Paths {
    /// What stands in a segment as it is, beside letters and digits.
    private static final String PLAIN = "-._~!$&'()*+,;=:@";

    private Paths() {}

    /// The segments of a request's target, decoded.
    ///
    /// @throws Refused if it is more than a path, or another spelling of one
    static List<String> segments(URI target) {
        var raw = Objects.requireNonNullElse(target.getRawPath(), "");
        if (!target.toString().equals(raw))
            throw new Refused(400, "the target is to be a path alone, as /peers");
        if (raw.equals("/")) return List.of();
        var segments = Stream.of(raw.substring(1).split("/", -1)).map(Paths::decoded).toList();
        for (var segment : segments)
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")
                    || segment.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' '))
                throw misspelt();
        if (!raw.equals(path(segments))) throw misspelt();
        return segments;
    }

    /// The one spelling.
    static String path(List<String> segments) {
        return segments.stream().map(Paths::encoded).collect(Collectors.joining("/", "/", ""));
    }

    private static String encoded(String segment) {
        var text = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8))
            text.append(b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0)
                    ? "" + (char) b : "%%%02X".formatted(b & 0xff));
        return text.toString();
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw misspelt();
        }
    }

    private static Refused misspelt() {
        return new Refused(400, "the path has another spelling: write it without empty parts,"
                + " dots or needless escapes");
    }
}
