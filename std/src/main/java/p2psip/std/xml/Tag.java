package p2psip.std.xml;

import module java.base;

/// A tag as it is written, before anybody asks what its prefixes stand for.
///
/// @param kind  what it does
/// @param name  with its prefix
/// @param attributes all of them, declarations of namespaces too
/// @spec https://www.w3.org/TR/xml/#sec-starttags XML 1.0 §3.1
record Tag(Kind kind, Written name, List<Value> attributes) {

    enum Kind { START, END, EMPTY }

    /// A QName.
    ///
    /// @param prefix empty if there is none
    /// @param at     where in the tag it begins
    /// @spec https://www.w3.org/TR/xml-names/#ns-qualnames Namespaces in XML 1.0 §4
    record Written(String prefix, String local, int at) {

        boolean same(Written other) {
            return prefix.equals(other.prefix) && local.equals(other.local);
        }

        @Override public String toString() {
            return Grammar.shown(prefix.isEmpty() ? local : prefix + ":" + local);
        }
    }

    /// An attribute, its value normalized.
    record Value(Written name, String value) {}

    /// Reads a tag from its `<` to its `>`, in which no other `<` is.
    ///
    /// @throws SyntaxException if it is none, with where in it
    static Tag parse(CharSequence tag) { return new Cursor(tag).tag(); }

    /// A place in the tag, which only moves on: each character is read once, or twice in a name.
    /// The last character is `>`, at which every production stops.
    private static final class Cursor {
        private final CharSequence in;
        private int at = 1;

        Cursor(CharSequence in) { this.in = in; }

        /// STag, ETag or EmptyElemTag.
        Tag tag() {
            boolean end = skip('/'), empty = false;
            var name = name();
            var attributes = new ArrayList<Value>();
            while (space() && next() != '>' && next() != '/') {
                if (end) throw wrong("attributes at the end of an element");
                attributes.add(attribute());
            }
            if (!end) empty = skip('/');
            if (next() != '>') throw wrong("neither space nor > in a tag");
            return new Tag(end ? Kind.END : empty ? Kind.EMPTY : Kind.START, name, attributes);
        }

        /// Attribute.
        private Value attribute() {
            var name = name();
            space();
            if (!skip('=')) throw wrong("attribute without value: " + name);
            space();
            return new Value(name, value());
        }

        /// AttValue: white space that is written as itself is a space.
        ///
        /// @spec https://www.w3.org/TR/xml/#AVNormalize XML 1.0 §3.3.3
        private String value() {
            char quote = next();
            if (!skip('"') && !skip('\'')) throw wrong("value without quotation marks");
            var value = new StringBuilder();
            while (next() != quote) {
                char c = next();
                if (c == '&') value.appendCodePoint(reference());
                else {
                    value.append(Grammar.isSpace(c) ? ' ' : c);
                    at++;
                }
            }
            at++;
            return value.toString();
        }

        /// Reference.
        private int reference() {
            int from = ++at;
            while (next() != ';') {
                if (next() != '#' && !Grammar.isNameChar(next()))
                    throw wrong("& that begins no reference");
                at++;
            }
            try {
                return Grammar.referred(in.subSequence(from, at++).toString());
            } catch (SyntaxException e) {
                throw new SyntaxException(e.getMessage(), from - 1);
            }
        }

        /// QName.
        private Written name() {
            int from = at;
            var first = part();
            return skip(':') ? new Written(first, part(), from) : new Written("", first, from);
        }

        /// NCName.
        private String part() {
            int from = at;
            if (!Grammar.isNameStart(Character.codePointAt(in, at))) throw wrong("no name");
            while (Grammar.isNameChar(Character.codePointAt(in, at)))
                at += Character.charCount(Character.codePointAt(in, at));
            return in.subSequence(from, at).toString();
        }

        /// S, if there is any.
        private boolean space() {
            int from = at;
            while (Grammar.isSpace(next())) at++;
            return at > from;
        }

        private boolean skip(char c) {
            if (next() != c) return false;
            at++;
            return true;
        }

        private char next() { return in.charAt(at); }

        private SyntaxException wrong(String why) { return new SyntaxException(why, at); }
    }
}
