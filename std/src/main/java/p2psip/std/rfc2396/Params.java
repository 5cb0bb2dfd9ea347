package p2psip.std.rfc2396;

import module java.base;

/// Parameters in the order received: `;transport=udp;lr` of a URI, `;tag=1` of a header field,
/// `?subject=x&priority=y` of a URI's header part.
///
/// Names are compared without regard to case and keep their spelling.
public record Params(List<Param> list) {
    public static final Params NONE = new Params(List.of());

    /// What is repeated is possessive, `*+`: a choice that could be taken back is a frame on the
    /// stack for each character, and a long value would end the program.
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*+\"", Pattern.DOTALL);

    /// One parameter.
    ///
    /// @param value as written, quotes and escapes included; empty for a flag such as `lr`
    public record Param(String name, String value) {}

    public Params { list = List.copyOf(list); }

    /// The value as meant, unquoted; empty text for a flag.
    public Optional<String> get(String name) { return raw(name).map(Params::unquoted); }

    /// The value as written.
    public Optional<String> raw(String name) {
        for (var p : list) if (p.name.equalsIgnoreCase(name)) return Optional.of(p.value);
        return Optional.empty();
    }

    public boolean has(String name) { return raw(name).isPresent(); }

    public boolean isEmpty() { return list.isEmpty(); }

    /// These with one of them set: in its old place if it was there, else at the end.
    public Params with(String name, String value) {
        var changed = new ArrayList<Param>(list);
        int at = 0;
        while (at < changed.size() && !changed.get(at).name.equalsIgnoreCase(name)) at++;
        if (at == changed.size()) changed.add(new Param(name, value));
        else changed.set(at, new Param(changed.get(at).name, value));
        return new Params(changed);
    }

    /// A name that appears more than once, which none may.
    public Optional<String> repeated() {
        var seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return list.stream().map(Param::name).filter(name -> !seen.add(name)).findFirst();
    }

    public Params without(String name) {
        return has(name)
                ? new Params(list.stream().filter(p -> !p.name.equalsIgnoreCase(name)).toList())
                : this;
    }

    /// Reads `;a=b;c` up to the end of the text, each a `generic-param` behind a semicolon; empty
    /// text has no parameters.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    public static Params parse(String text) { return parse(text, ';', ';'); }

    /// Reads `?a=b&c=d`, the header part of a SIP URI.
    static Params parseHeaders(String text) { return parse(text, '?', '&'); }

    private static Params parse(String text, char first, char between) {
        if (text.isBlank()) return NONE;
        var list = new ArrayList<Param>(4);
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') at++;
        char expected = first;
        while (at < text.length()) {
            if (text.charAt(at) != expected)
                throw new SyntaxException("'" + expected + "' expected: " + text);
            int end = outsideQuotes(text, at + 1, between);
            list.add(param(text.substring(at + 1, end)));
            at = end;
            expected = between;
        }
        return new Params(list);
    }

    private static Param param(String text) {
        int equals = text.indexOf('=');
        var name = (equals < 0 ? text : text.substring(0, equals)).strip();
        if (name.isEmpty()) throw new SyntaxException("parameter without a name: " + text);
        var value = equals < 0 ? "" : text.substring(equals + 1).strip();
        //= rfc3261#25.1-2 a value with blanks is a quoted string, and nothing but that
        if (hasBlank(name) || hasBlank(value) && !QUOTED.matcher(value).matches())
            throw new SyntaxException("parameter that needs quotes: " + text);
        return new Param(name, value);
    }

    private static boolean hasBlank(String text) {
        return text.indexOf(' ') >= 0 || text.indexOf('\t') >= 0 || text.indexOf('"') >= 0;
    }

    /// Where a character stands that is not inside a quoted string, or the end of the text.
    ///
    /// @throws SyntaxException if the text before has what others may read differently: a quoted
    ///         string without an end, a backslash outside of one, a control character
    static int outsideQuotes(String text, int from, char wanted) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == wanted && !quoted) return i;
            //= rfc3261#25.1-3 a backslash quotes a character only within a quoted string
            if (c == '\\' && quoted) i++;
            else if (c == '"') quoted = !quoted;
            else if (c == '\\' || c < ' ' && c != '\t' || c == 127)
                throw new SyntaxException("character that needs quotes: " + text);
        }
        if (quoted) throw new SyntaxException("quoted string does not end: " + text);
        return text.length();
    }

    /// A quoted string without its quotes and escapes; other text as it is.
    public static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || !value.endsWith("\"")) return value;
        var text = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            text.append(c == '\\' && i + 2 < value.length() ? value.charAt(++i) : c);
        }
        return text.toString();
    }

    /// Text as a quoted string.
    public static String quoted(String text) {
        //= rfc3261#25.1-2 special characters in a parameter value stand in a quoted string
        return '"' + text.replaceAll("[\"\\\\\\p{Cntrl}]", "\\\\$0") + '"';
    }

    String text(char first, char between) {
        var text = new StringBuilder();
        for (var p : list) {
            text.append(text.isEmpty() ? first : between).append(p.name);
            if (!p.value.isEmpty()) text.append('=').append(p.value);
        }
        return text.toString();
    }

    @Override public String toString() { return list.isEmpty() ? "" : text(';', ';'); }
}
