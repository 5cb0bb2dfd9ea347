package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.Bytes;

/// What an HTTP/1.1 message begins with: its first line, and its fields. There is no more to it
/// where a connection is opened.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-2.1 RFC 9112 §2.1
record Head(String first, List<Field> fields) {
    record Field(String name, String value) {}

    /// Bytes of one that are read; a browser's has some hundred, and its cookies.
    static final int MAX_BYTES = 8_192;

    static final int MAX_FIELDS = 64;

    private static final String END = "\r\n\r\n";

    /// RFC 9110's `token`, and what a value may have: all but controls.
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*"
            + "((?:[\t -~\u0080-\u00ff]*[!-~\u0080-\u00ff])?)[ \t]*");

    Head { fields = List.copyOf(fields); }

    /// Fields are said in the order of their names and values here.
    static Head of(String first, String... fields) {
        return new Head(first, IntStream.range(0, fields.length / 2)
                .mapToObj(i -> new Field(fields[2 * i], fields[2 * i + 1])).toList());
    }

    /// The next head of a buffer, which is moved behind it; empty if it has not ended.
    ///
    /// @throws SyntaxException if it is none, or too long
    static Optional<Head> next(ByteBuffer in) {
        int size = Math.min(in.remaining(), MAX_BYTES);
        var text = StandardCharsets.ISO_8859_1.decode(in.slice(in.position(), size)).toString();
        int end = text.indexOf(END);
        if (end < 0 && in.remaining() > MAX_BYTES)
            throw new SyntaxException("more than " + MAX_BYTES + " bytes before the first message");
        if (end < 0) return Optional.empty();
        in.position(in.position() + end + END.length());
        return Optional.of(parse(text.substring(0, end)));
    }

    private static Head parse(String text) {
        var lines = List.of(text.split("\r\n", -1));
        if (lines.size() > MAX_FIELDS + 1)
            throw new SyntaxException("more than " + MAX_FIELDS + " fields");
        return new Head(lines.getFirst(), lines.stream().skip(1).map(line -> {
            var field = FIELD.matcher(line);
            if (!field.matches()) throw new SyntaxException("no field of HTTP");
            return new Field(field.group(1), field.group(2));
        }).toList());
    }

    /// The values of all fields of a name.
    List<String> all(String name) {
        return fields.stream().filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::value).toList();
    }

    /// The value of a field that may be there once.
    ///
    /// @throws SyntaxException if it is there twice
    Optional<String> one(String name) {
        var all = all(name);
        if (all.size() > 1) throw new SyntaxException(name + " twice");
        return all.stream().findFirst();
    }

    /// What the fields of a name list, which may be in one or in several.
    List<String> list(String name) {
        //= rfc6455#9.1-2 a field may be split or combined
        return all(name).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    /// Whether such a list has a word, in whichever case.
    boolean lists(String name, String word) {
        return list(name).stream().anyMatch(word::equalsIgnoreCase);
    }

    Bytes encode() {
        return Bytes.wrap((first + "\r\n" + fields.stream()
                .map(field -> field.name + ": " + field.value + "\r\n")
                .collect(Collectors.joining()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
