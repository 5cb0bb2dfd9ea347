package p2psip.std.rfc4566;

import module java.base;

/// Reads a description, by its lines in the only order there is; what stands in another order, or
/// lacks what nobody needs, is mended first and remarked upon.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-9 RFC 4566 §9
final class Parser {
    /// How many lines a description may have; more is a syntax error.
    static final int MAX_LINES = 2000;

    /// The types of the lines of each part, in their order; an `r=` belongs to its `t=`.
    private static final String SESSION = "vosiuepcbtzka", MEDIUM = "micbka";
    private static final Pattern FRACTION = Pattern.compile("([^:]*:)([0-9]{1,18}\\.[0-9]{1,18})");

    private final List<String> lines = new ArrayList<>();
    private final List<SessionDescription.Departure> departures = new ArrayList<>();
    private int at;

    Parser(String text) {
        //= rfc4566#5-8 a line ends with CRLF; a line feed alone is let pass
        var read = new ArrayList<>(List.of(text.split("\r?\n", -1)));
        while (!read.isEmpty() && read.getLast().isEmpty()) read.removeLast();
        if (read.size() > MAX_LINES)
            throw new SyntaxException("more than " + MAX_LINES + " lines");
        for (int from = 0, to; from < read.size(); from = to) {
            for (to = from + 1; to < read.size() && !read.get(to).startsWith("m="); ) to++;
            var order = from == 0 ? SESSION : MEDIUM;
            read.subList(from, to).stream().sorted(Comparator.comparingInt(
                    line -> place(line, order))).forEach(lines::add);
        }
        //= rfc4566#5-4 departs lines of one part in another order are read all the same
        if (!lines.equals(read)) departs("lines out of their order", "5");
    }

    /// What is not of this part comes last, where nobody expects it.
    private static int place(String line, String order) {
        int place = line.isEmpty() ? -1
                : order.indexOf(line.charAt(0) == 'r' ? 't' : line.charAt(0));
        return place < 0 ? order.length() : place;
    }

    private void departs(String what, String section) {
        departures.add(new SessionDescription.Departure(what, "rfc4566#" + section));
    }

    static void print(StringBuilder out, char type, Object value) {
        out.append(type).append('=').append(value).append("\r\n");
    }

    SessionDescription.Reading reading() {
        return new SessionDescription.Reading(session(), departures);
    }

    private SessionDescription session() {
        if (!required('v').equals("0")) throw new SyntaxException("not version 0");
        var session = new SessionDescription(Origin.parse(required('o')), name(),
                optional('i'), optional('u'), all('e'), all('p'), all('c', Connection::parse),
                all('b', this::bandwidth), times(),
                next('z') ? Time.Adjustment.parse(required('z')) : List.of(), optional('k'),
                all('a', Attribute::parse), List.of());
        session = session.withMedia(media(session.connections().isEmpty()));
        //= rfc3264#5-5 one session description, and no other behind it
        //= rfc4566#5-6 a letter that is not known, or not of its part, spoils the description
        if (at < lines.size()) throw new SyntaxException("unexpected line: " + lines.get(at));
        return session;
    }

    private String name() {
        var name = next('s') ? required('s') : "";
        //= rfc4566#5.3-1 departs a call needs no name, and is read without
        if (name.isEmpty()) departs("no name of the session", "5.3");
        return name;
    }

    private List<Time> times() {
        var times = new ArrayList<Time>();
        //= rfc4566#5.9-1 there may be multiple t= lines
        while (next('t')) {
            var value = required('t');
            times.add(Time.parse(value, all('r', Time.Repeat::parse)));
        }
        if (times.isEmpty()) {
            departs("no time of the session", "5.9");
            times.add(Time.PERMANENT);
        }
        return times;
    }

    /// Rounded up: none at all would mean that nothing may be sent.
    private Bandwidth bandwidth(String text) {
        var m = FRACTION.matcher(text);
        if (!m.matches()) return Bandwidth.parse(text);
        departs("a bandwidth with a fraction", "5.8");
        return Bandwidth.parse(m.group(1) + new BigDecimal(m.group(2))
                .setScale(0, RoundingMode.CEILING));
    }

    private List<Media> media(boolean addressed) {
        var media = new ArrayList<Media>();
        while (next('m')) media.add(medium(addressed));
        return media;
    }

    /// @param addressed whether each medium needs an address of its own
    private Media medium(boolean addressed) {
        var f = new ArrayList<>(Fields.split(required('m')));
        boolean removed = f.size() > 1 && f.get(1).equals("0");
        if (removed && f.size() == 3) {
            departs("no format of a stream that is removed", "5.14");
            f.add("0");
        }
        if (f.size() < 4) throw new SyntaxException("four fields expected: " + f);
        //= rfc4566#5.14¶6 a number behind the port says how many pairs of ports
        var port = f.get(1).split("/", -1);
        if (port.length > 2) throw new SyntaxException("port: " + f.get(1));
        int ports = port.length == 1 ? 1 : Fields.number(port[1], 1, 65535);
        var information = optional('i');
        var connections = all('c', Connection::parse);
        if (removed && addressed && connections.isEmpty()) {
            //= rfc4566#5.7-1 departs a stream that is removed needs no address
            departs("no address of a stream that is removed", "5.7");
            connections = List.of(Connection.NOWHERE);
        }
        return new Media(f.get(0), Fields.number(port[0], 0, 65535), ports, f.get(2),
                f.subList(3, f.size()), information, connections, all('b', this::bandwidth),
                optional('k'), all('a', Attribute::parse));
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
        if (value.isEmpty()) departs("nothing in the " + type + "= line", "5");
        return value;
    }

    private <T> List<T> all(char type, Function<String, T> parse) {
        return all(type).stream().map(parse).toList();
    }

    private List<String> all(char type) {
        var values = new ArrayList<String>();
        while (next(type)) values.add(required(type));
        return values;
    }
}
