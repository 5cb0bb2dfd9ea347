package p2psip.std.xml;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Outbox;

/// Reads a document as it comes. However it is cut into pieces, the events are the same: each octet
/// is taken alone, and nothing is told of a tag, a text, a reference that has not ended.
///
/// Time grows as the input does: a character is put into what is gathered once, and what is
/// gathered is read once, when it ends.
///
/// @spec https://www.w3.org/TR/xml/#sec-documents XML 1.0 §2
public final class Parser {
    private static final String CDATA = "<![CDATA[", COMMENT = "<!--", XML = "<?xml";
    private static final String INSTRUCTION = "no processing instruction is read";
    private static final int BYTE_ORDER_MARK = 0xfeff;

    /// @spec https://www.w3.org/TR/xml/#sec-prolog-dtd XML 1.0 §2.8
    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s+version\\s*=\\s*"
            + "([\"'])1\\.0\\1(\\s+encoding\\s*=\\s*([\"'])(?i:UTF-8)\\3)?"
            + "(\\s+standalone\\s*=\\s*([\"'])(yes|no)\\5)?\\s*\\?>");

    /// What the next character belongs to. `MARKUP` is a `<!` of which is not known what it begins.
    private enum In { TEXT, REFERENCE, LESS, TAG, MARKUP, CDATA, COMMENT, DECLARATION }

    private record Open(Tag.Written written, Name name, Scope scope, long from) {}

    private final Limits limits;
    /// Elements that stay open between things which are limited each alone.
    private final int around;
    private final Utf8 utf8 = new Utf8();
    private final Deque<Open> open = new ArrayDeque<>();
    private final Outbox<Event> out = new Outbox<>();

    private In in = In.TEXT;
    private StringBuilder text = new StringBuilder(), token = new StringBuilder();
    /// Where the next character is, and where the token began.
    private long line = 1, column = 1, tokenLine, tokenColumn;
    /// Octets that have come, and before the token.
    private long offset, tokenOffset;
    /// Octets of what is limited.
    private int used;
    /// Of `]` in text or `-` in a comment, so many in a row just now.
    private int row;
    /// The quotation mark that ends a value of the tag; 0 outside of values.
    private int quote;
    private boolean afterReturn, rootEnded, broken;

    private Parser(Limits limits, int around) {
        this.limits = limits;
        this.around = around;
    }

    /// For one document, limited as a whole.
    public static Parser ofDocument(Limits limits) { return new Parser(limits, 0); }

    /// For a root that stays open, maybe for days. What is limited is its tag, and each child
    /// alone; of white space between them nothing is told and nothing kept, other text is refused.
    public static Parser ofStream(Limits limits) { return new Parser(limits, 1); }

    /// More of the document has come.
    ///
    /// @return what it tells, ending with an [Event.Broken] if it was refused; nothing after that
    public List<Event> feed(Bytes bytes) {
        try {
            for (int i = 0; i < bytes.size() && !broken; i++) octet(bytes.at(i));
        } catch (SyntaxException e) {
            refuse(e.getMessage(), line, column);
        }
        return out.take();
    }

    /// Nothing more will come.
    ///
    /// @return an [Event.Broken] if the document has not ended and was not refused before
    public List<Event> end() {
        if (!broken && !(rootEnded && in == In.TEXT && !utf8.partial()))
            refuse("it ends too early", line, column);
        broken = true;
        return out.take();
    }

    /// Room for characters that is taken: of what was told nothing is kept.
    int held() { return text.capacity() + token.capacity(); }

    private void refuse(String why, long atLine, long atColumn) {
        broken = true;
        text = token = new StringBuilder();
        out.add(new Event.Broken(why, atLine, atColumn));
    }

    private void octet(byte octet) {
        if (open.size() == around && around > 0 && in == In.TEXT) used = 0;
        if (++used > limits.bytes()) throw wrong("more than " + limits.bytes() + " octets");
        offset++;
        int c = utf8.take(octet);
        if (c != Utf8.MORE && !(c == BYTE_ORDER_MARK && offset == 3)) character(c);
    }

    /// Each line ends with one line feed, however it was written.
    ///
    /// @spec https://www.w3.org/TR/xml/#sec-line-ends XML 1.0 §2.11
    private void character(int c) {
        boolean second = afterReturn && c == '\n';
        afterReturn = c == '\r';
        if (second) return;
        if (!Grammar.isChar(c)) throw wrong("no character of XML: " + Grammar.shown(c));
        read(afterReturn ? '\n' : c);
        column++;
        if (c == '\n' || afterReturn) {
            line++;
            column = 1;
        }
    }

    private void read(int c) {
        switch (in) {
            case TEXT -> text(c);
            case REFERENCE -> reference(c);
            case LESS -> less(c);
            case TAG -> tag(c);
            case MARKUP -> markup(c);
            case CDATA -> cdata(c);
            case COMMENT -> comment(c);
            case DECLARATION -> declaration(c);
        }
    }

    /// CharData, and what may stand around the root or, in a stream, around its children.
    ///
    /// @spec https://www.w3.org/TR/xml/#syntax XML 1.0 §2.4
    private void text(int c) {
        if (c == '<') begin(In.LESS);
        else if (outside()) {
            if (!Grammar.isSpace(c)) throw wrong("text where none may be");
        } else if (c == '&') begin(In.REFERENCE);
        else {
            if (c == '>' && row >= 2) throw wrong("]]> in text");
            row = c == ']' ? row + 1 : 0;
            text.appendCodePoint(c);
        }
    }

    private boolean outside() { return open.size() <= around; }

    private void begin(In what) {
        in = what;
        row = 0;
        token = new StringBuilder(what == In.LESS ? "<" : "");
        tokenLine = line;
        tokenColumn = column;
        tokenOffset = offset - 1;
    }

    private void reference(int c) {
        if (c == ';') {
            text.appendCodePoint(Grammar.referred(token.toString()));
            in = In.TEXT;
        } else if (c == '#' || Grammar.isNameChar(c)) token.appendCodePoint(c);
        else throw wrong("& that begins no reference");
    }

    private void less(int c) {
        if (c == '?' && (tokenLine > 1 || tokenColumn > 1)) throw wrong(INSTRUCTION);
        else if (c == '?') in = In.DECLARATION;
        else if (c == '!') in = In.MARKUP;
        else if (c == '/' || Grammar.isNameStart(c)) in = In.TAG;
        else throw wrong("< that begins nothing");
        token.appendCodePoint(c);
    }

    /// The one instruction that there may be: what is read is XML 1.0 in UTF-8.
    private void declaration(int c) {
        token.appendCodePoint(c);
        int size = token.length();
        if (size <= XML.length() ? c != XML.charAt(size - 1)
                : size == XML.length() + 1 && !Grammar.isSpace(c)) throw wrong(INSTRUCTION);
        if (c != '>') return;
        if (!DECLARATION.matcher(token).matches()) throw wrong("neither XML 1.0 nor in UTF-8");
        in = In.TEXT;
    }

    private void markup(int c) {
        token.appendCodePoint(c);
        var begun = token.toString();
        if (begun.equals(CDATA) && !outside()) in = In.CDATA;
        else if (begun.equals(COMMENT) && limits.comments()) in = In.COMMENT;
        else if (begun.equals("<!D")) throw wrong("no DTD is read");
        else if (begun.equals(COMMENT)) throw wrong("no comment is read");
        else if (begun.equals(CDATA) || !CDATA.startsWith(begun) && !COMMENT.startsWith(begun))
            throw wrong("<! that begins nothing");
    }

    /// @spec https://www.w3.org/TR/xml/#sec-cdata-sect XML 1.0 §2.7
    private void cdata(int c) {
        if (c == '>' && row >= 2) {
            text.setLength(text.length() - 2);
            row = 0;
            in = In.TEXT;
        } else {
            row = c == ']' ? row + 1 : 0;
            text.appendCodePoint(c);
        }
    }

    /// @spec https://www.w3.org/TR/xml/#sec-comments XML 1.0 §2.5
    private void comment(int c) {
        if (row == 2 && c != '>') throw wrong("-- in a comment");
        if (row == 2) in = In.TEXT;
        row = c == '-' ? row + 1 : 0;
    }

    private void tag(int c) {
        if (c == '<') throw wrong("< in a tag");
        token.appendCodePoint(c);
        if (c == '>' && quote == 0) tagged();
        else if (c == quote) quote = 0;
        else if (quote == 0 && (c == '"' || c == '\'')) quote = c;
    }

    private void tagged() {
        try {
            var tag = Tag.parse(token);
            if (tag.kind() != Tag.Kind.END) start(tag);
            if (tag.kind() != Tag.Kind.START) end(tag.name());
            in = In.TEXT;
            token = new StringBuilder();
        } catch (SyntaxException e) {
            var before = token.substring(0, e.at());
            long lines = before.chars().filter(c -> c == '\n').count();
            int characters = before.codePointCount(before.lastIndexOf("\n") + 1, before.length());
            refuse(e.getMessage(), tokenLine + lines,
                    lines > 0 ? 1 + characters : tokenColumn + characters);
        }
    }

    private void start(Tag tag) {
        if (rootEnded) throw wrong("a second root");
        if (open.size() == limits.depth())
            throw wrong("more than " + limits.depth() + " elements open");
        if (tag.attributes().size() > limits.attributes())
            throw wrong("more than " + limits.attributes() + " attributes");
        var outer = open.isEmpty() ? Scope.OUTERMOST : open.peek().scope;
        var scope = outer.inside(tag, limits.namespace());
        var element = new Element(scope.name(tag.name()), scope.attributes(tag), List.of());
        tellText();
        open.push(new Open(tag.name(), element.name(), scope, tokenOffset));
        out.add(new Event.Start(element));
    }

    /// @spec https://www.w3.org/TR/xml/#sec-logical-struct XML 1.0 §3
    private void end(Tag.Written name) {
        if (open.isEmpty() || !open.peek().written.same(name))
            throw wrong("end of what did not begin: " + name);
        tellText();
        var ended = open.pop();
        rootEnded = open.isEmpty();
        out.add(new Event.End(ended.name, offset - ended.from));
    }

    private void tellText() {
        if (text.isEmpty()) return;
        out.add(new Event.Text(text.toString()));
        text = new StringBuilder();
    }

    private static SyntaxException wrong(String why) { return new SyntaxException(why); }
}
