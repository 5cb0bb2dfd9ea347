package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Screen.Ink;
import p2psip.app.trace.Trace.What;
import p2psip.std.rfc2396.HostName;

/// Prints traces for people, as `-d` does: when, who, what, and the section that asked for it;
/// without [Secrets], for what is printed is sent around.
///
/// ```text
/// 09:31:02.123456 alice     -> 127.0.0.1:5062 SIP INVITE sip:bob@example.com
///                              INVITE sip:bob@example.com SIP/2.0
///                              ...
/// 09:31:02.140212 alice      * INVITE client z9hG4bKx: PROCEEDING [rfc3261#17.1.1.2]
/// ```
public final class Printer implements Consumer<Trace> {
    /// How many characters of a message are printed.
    private static final int TEXT = 16_384;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final String INDENT = " ".repeat(29);

    private final Consumer<String> lines;
    private final ZoneId zone;
    private final Screen screen;

    /// @param lines  takes each line, without its end
    /// @param zone   whose time of day is printed
    /// @param screen what the lines are for; they are as long as they are
    public Printer(Consumer<String> lines, ZoneId zone, Screen screen) {
        this.lines = lines;
        this.zone = zone;
        this.screen = screen;
    }

    @Override public synchronized void accept(Trace trace) {
        switch (trace.what()) {
            case What.Message m -> {
                print(trace, m.sent() ? "->" : "<-", HostName.text(m.remote()) + " "
                        + m.protocol() + " " + Secrets.masked(m.summary()));
                if (!m.text().equals(m.summary())) text(Secrets.masked(m.text()));
            }
            case What.State(var machine, var state) -> print(trace, " *",
                    machine + ": " + state.name() + " [" + state.citation() + "]");
            case What.Remark(_, var text, var citation) -> print(trace, " !",
                    text + (citation.isEmpty() ? "" : " [" + citation + "]"));
            case What.Sealed _, What.Wire _ -> { }
        }
    }

    private void print(Trace trace, String sign, String what) {
        lines.accept(screen.linked(screen.ink(Ink.SOFT,
                TIME.format(trace.at().atZone(zone))) + " %-9s ".formatted(trace.node())
                + screen.ink(Ink.of(trace.what()), sign + " " + visible(what))));
    }

    private void text(String text) {
        text.substring(0, Math.min(text.length(), TEXT)).stripTrailing().lines()
                .forEach(line -> lines.accept((INDENT + visible(line)).stripTrailing()));
        if (text.length() > TEXT)
            lines.accept(INDENT + "... and " + (text.length() - TEXT) + " characters more");
    }

    /// What a peer sent may hold commands for a terminal, may turn the line around, or be no text
    /// at all: none of that may reach who looks.
    public static String visible(String text) {
        return text.codePoints().anyMatch(Printer::commands) ? text.codePoints()
                .mapToObj(Printer::visible).collect(Collectors.joining()) : text;
    }

    /// A character that commands rather than shows as its number; so is an octet that was no UTF-8,
    /// which `Bytes` marks by half a character.
    private static String visible(int c) {
        if (!commands(c)) return Character.toString(c);
        boolean octet = c >= 0xdc80 && c <= 0xdcff;
        return octet || Character.isISOControl(c) ? "\\x%02x".formatted(c & 0xff)
                : "\\u{%x}".formatted(c);
    }

    private static boolean commands(int c) {
        return c != '\t' && (c < ' ' || c > '~') && switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
