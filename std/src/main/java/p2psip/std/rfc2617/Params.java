package p2psip.std.rfc2617;

import module java.base;

/// The directives of a challenge, of credentials or of Authentication-Info, in their order: names
/// without regard to case, values unquoted and unescaped, unknown ones kept.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-1.2 RFC 2617 §1.2
public record Params(List<Param> list) {
    /// How many directives one header field value may carry; more is a syntax error.
    public static final int LIMIT = 64;

    /// Directives never written as quoted strings.
    private static final Set<String> BARE =
            Set.of("stale", "algorithm", "nc", "userhash", "charset", "username*");

    /// One directive; its value is what stands between the quotes, if there were quotes.
    public record Param(String name, String value) {
        public Param {
            name = name.toLowerCase(Locale.ROOT);
            if (!Lexer.isToken(name)) throw new SyntaxException("not a directive's name: " + name);
            if (value.chars().anyMatch(Lexer::isControl))
                throw new SyntaxException("control character in directive " + name);
        }
    }

    public Params {
        list = List.copyOf(list);
        if (list.size() > LIMIT) throw new SyntaxException("more than " + LIMIT + " directives");
        if (list.stream().map(Param::name).distinct().count() < list.size())
            throw new SyntaxException("a directive occurs twice");
    }

    /// Directives from alternating names and values, for those who write them.
    static Params of(String... namesAndValues) {
        var list = new ArrayList<Param>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            list.add(new Param(namesAndValues[i], namesAndValues[i + 1]));
        return new Params(list);
    }

    public Optional<String> get(String name) {
        return list.stream().filter(p -> p.name.equals(name)).map(Param::value).findFirst();
    }

    /// The value, of which there must be one.
    ///
    /// @throws SyntaxException if there is none
    String required(String name) {
        return get(name).orElseThrow(() -> new SyntaxException(name + " is missing"));
    }

    /// With this value, in the place of an earlier one or at the end.
    Params with(String name, String value) {
        var changed = new ArrayList<>(list);
        var param = new Param(name, value);
        if (get(name).isEmpty()) changed.add(param);
        else changed.replaceAll(p -> p.name.equals(param.name) ? param : p);
        return new Params(changed);
    }

    /// Directives up to the end of the text, or up to the name of the next scheme in a list.
    static Params read(Lexer in) {
        var list = new ArrayList<Param>();
        while (in.param()) {
            var name = in.token();
            in.equalsSign();
            list.add(new Param(name, in.value()));
            if (list.size() > LIMIT) break;   // and the constructor will refuse them
            in.commas();
        }
        return new Params(list);
    }

    static Params parse(String text) {
        var in = new Lexer(text);
        var params = read(in);
        in.end();
        return params;
    }

    /// The directives as on the wire; `bareQop` because qop is a token in credentials but a quoted
    /// list in a challenge.
    String text(boolean bareQop) {
        //= rfc7616#3.3-14 stale and algorithm are never quoted
        //= rfc8760#2.6-2 uri is enclosed in quotation marks
        //= rfc3261#22.4-3 uri is always enclosed in quotation marks
        return list.stream().map(p -> p.name + "=" + (bare(p, bareQop) ? p.value : quote(p.value)))
                .collect(Collectors.joining(", "));
    }

    private static boolean bare(Param p, boolean bareQop) {
        //= rfc7616#3.3-13 realm, domain, nonce, opaque and, in a challenge, qop are quoted strings
        //= rfc7616#3.4-6,7 username, uri, response, cnonce too, but not algorithm, qop and nc
        //= rfc7616#3.5-11,12 the same in an answer: nextnonce is quoted, qop and nc are not
        return (BARE.contains(p.name) || bareQop && p.name.equals("qop")) && Lexer.isToken(p.value);
    }

    private static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// As in credentials.
    @Override public String toString() { return text(true); }
}
