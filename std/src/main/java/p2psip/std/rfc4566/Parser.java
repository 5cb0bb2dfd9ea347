package p2psip.std.rfc4566;

import module java.base;

/// Reads a description line by line in the only order there is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-9 RFC 4566 §9
final class Parser {
    /// How many lines a description may have; more is a syntax error.
    static final int MAX_LINES = 2000;

    private final List<String> lines;
    private int at;

    Parser(String text) {
        //= rfc4566#5-8 a line ends with CRLF; a line feed alone is let pass
        var lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) lines.removeLast();
        if (lines.size() > MAX_LINES)
            throw new SyntaxException("more than " + MAX_LINES + " lines");
        this.lines = lines;
    }

    static void print(StringBuilder out, char type, Object value) {
        out.append(type).append('=').append(value).append("\r\n");
    }

    SessionDescription session() {
        if (!required('v').equals("0")) throw new SyntaxException("not version 0");
        //= rfc4566#5-4 all lines appear in the order given
        //= rfc4566#5.3-1 there is one s= field
        var session = new SessionDescription(Origin.parse(required('o')), required('s'),
                optional('i'), optional('u'), all('e'), all('p'), connections(), bandwidths(),
                times(), adjustments(), optional('k'), attributes(), media());
        //= rfc3264#5-5 one session description, and no other behind it
        //= rfc4566#5-6 a letter that is not known, or not in its place, spoils the description
        if (at < lines.size()) throw new SyntaxException("unexpected line: " + lines.get(at));
        return session;
    }

    private List<Time> times() {
        var times = new ArrayList<Time>();
        //= rfc4566#5.9-1 there may be multiple t= lines
        while (next('t')) {
            var value = required('t');
            times.add(Time.parse(value, all('r').stream().map(Time.Repeat::parse).toList()));
        }
        return times;
    }

    private List<Time.Adjustment> adjustments() {
        return next('z') ? Time.Adjustment.parse(required('z')) : List.of();
    }

    private List<Media> media() {
        var media = new ArrayList<Media>();
        while (next('m')) media.add(medium());
        return media;
    }

    private Media medium() {
        var f = Fields.split(required('m'));
        if (f.size() < 4) throw new SyntaxException("four fields expected: " + f);
        //= rfc4566#5.14¶6 a number behind the port says how many pairs of ports
        var port = f.get(1).split("/", -1);
        if (port.length > 2) throw new SyntaxException("port: " + f.get(1));
        int ports = port.length == 1 ? 1 : Fields.number(port[1], 1, 65535);
        return new Media(f.get(0), Fields.number(port[0], 0, 65535), ports, f.get(2),
                f.subList(3, f.size()), optional('i'), connections(), bandwidths(), optional('k'),
                attributes());
    }

    private List<Connection> connections() {
        return all('c').stream().map(Connection::parse).toList();
    }

    private List<Bandwidth> bandwidths() {
        return all('b').stream().map(Bandwidth::parse).toList();
    }

    private List<Attribute> attributes() {
        return all('a').stream().map(Attribute::parse).toList();
    }

    /// Whether the next line is of this type; nothing may stand before or behind the `=`.
    private boolean next(char type) {
        return at < lines.size() && lines.get(at).length() > 1
                //= rfc4566#5-2,3 a type is one character, with no whitespace beside the equals sign
                && lines.get(at).charAt(0) == type && lines.get(at).charAt(1) == '=';
    }

    private String required(char type) {
        if (!next(type)) throw new SyntaxException("the " + type + "= line is missing");
        return lines.get(at++).substring(2);
    }

    /// The value of a line that there is at most once; empty if there is none.
    private String optional(char type) {
        if (!next(type)) return "";
        //= rfc4566#5.4-1 at most one i= field in the session and in each media
        var value = required(type);
        if (value.isEmpty()) throw new SyntaxException("the " + type + "= line is empty");
        return value;
    }

    private List<String> all(char type) {
        var values = new ArrayList<String>();
        while (next(type)) values.add(required(type));
        return values;
    }
}
