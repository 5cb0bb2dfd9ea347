package p2psip.tools.htmlify;

import module java.base;

/// Cuts Java into coloured pieces, losing no character.
final class Lexer {
    enum Style { DOC, COMMENT, STRING, NUMBER, KEYWORD, ANNOTATION, NAME, PLAIN }

    record Token(Style style, int start, int end) {}

    private static final Pattern TOKEN = Pattern.compile("""
            (?<string>\"""(?s:.*?)(?<!\\\\)\"""|"[^"\\\\\\n]*+(?:\\\\.[^"\\\\\\n]*+)*+"\
            |'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+')\
            |(?<doc>///[^\\n]*)|(?<comment>//[^\\n]*|/\\*(?s:.*?)\\*/)\
            |(?<annotation>@(?!interface)\\w+)|(?<number>\\b\\d[\\w.]*)\
            |(?<name>[\\p{L}_$][\\w$]*)""");
    private static final Set<String> KEYWORDS = new TreeSet<>(List.of(("abstract assert boolean"
            + " break byte case catch char class continue default do double else enum exports"
            + " extends final finally float for if implements import instanceof int interface long"
            + " module native new non-sealed package permits private protected public record return"
            + " sealed short static super switch synchronized this throw throws transient try var"
            + " void volatile when while yield true false null").split(" ")));

    private Lexer() {}

    static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        int from = 0;
        for (var m = TOKEN.matcher(text); m.find(); from = m.end()) {
            if (m.start() > from) tokens.add(new Token(Style.PLAIN, from, m.start()));
            tokens.add(new Token(style(m), m.start(), m.end()));
        }
        if (from < text.length()) tokens.add(new Token(Style.PLAIN, from, text.length()));
        return tokens;
    }

    private static Style style(Matcher m) {
        if (m.group("name") != null)
            return KEYWORDS.contains(m.group()) ? Style.KEYWORD : Style.NAME;
        return m.group("doc") != null ? Style.DOC
                : m.group("comment") != null ? Style.COMMENT
                : m.group("string") != null ? Style.STRING
                : m.group("number") != null ? Style.NUMBER : Style.ANNOTATION;
    }
}
