package p2psip.std.rfc3842;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc6665.*;
import p2psip.std.rfc6665.SyntaxException;

/// Whether messages are waiting, and how many of each kind.
///
/// @param account whose they are; empty if there is no doubt
/// @param counts  by kind: `Voice-Message`, `Fax-Message` ...
/// @spec https://www.rfc-editor.org/rfc/rfc3842#section-5.2 RFC 3842 §5.2
public record MessageSummary(boolean waiting, Optional<String> account, List<Count> counts)
        implements Document {
    public static final String NAME = "message-summary";
    public static final String TYPE = "application/simple-message-summary";

    //= rfc3842#3.5-2 with no Accept this type is meant
    public static final EventPackage PACKAGE = new EventPackage(NAME,
            //= rfc3842#3.4-1,2 subscriptions last an hour, unless they say something else
            Duration.ofHours(1), List.of(TYPE),
            //= rfc3842#3.11-1,2 not more often than once a second: the last of what changed
            Duration.ofSeconds(1),
            //= rfc3842#3.9-2 each that a SUBSCRIBE has reached is heard
            EventPackage.Forking.ALL, Document.NONE,
            new MessageSummary(false, Optional.empty(), List.of()));

    private static final long MOST = 0xffffffffL;

    private static final Pattern COUNTS = Pattern.compile(
            "(\\d+)\\s*/\\s*(\\d+)(?:\\s*\\(\\s*(\\d+)\\s*/\\s*(\\d+)\\s*\\))?");

    /// The messages of one kind.
    ///
    /// @param urgent of the new and of the old ones; empty if that is not said
    public record Count(String kind, long fresh, long old, Optional<Urgent> urgent) {
        public Count {
            //= rfc3842#3.5-5 never a larger value than 32 bits have
            fresh = most(fresh);
            old = most(old);
            if (!Grammar.isToken(kind)) throw new SyntaxException("no kind: " + kind);
        }

        private static long most(long count) { return Math.clamp(count, 0, MOST); }
    }

    public record Urgent(long fresh, long old) {
        public Urgent {
            fresh = Count.most(fresh);
            old = Count.most(old);
        }
    }

    public MessageSummary { counts = List.copyOf(counts); }

    /// Reads a whole body. What describes single messages, after an empty line, is not kept.
    ///
    /// @throws SyntaxException if it is none
    public static MessageSummary parse(String body) {
        var lines = body.split("\r?\n", -1);
        var first = field(lines[0]);
        if (!first.getKey().equalsIgnoreCase("Messages-Waiting"))
            throw new SyntaxException("no Messages-Waiting: " + lines[0]);
        boolean waiting = switch (first.getValue().toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new SyntaxException("neither yes nor no: " + lines[0]);
        };
        var account = Optional.<String>empty();
        var counts = new ArrayList<Count>();
        for (int i = 1; i < lines.length && !lines[i].isBlank(); i++) {
            var field = field(lines[i]);
            if (field.getKey().equalsIgnoreCase("Message-Account"))
                account = Optional.of(field.getValue());
            else counts.add(count(field.getKey(), field.getValue()));
        }
        return new MessageSummary(waiting, account, counts);
    }

    private static Map.Entry<String, String> field(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) throw new SyntaxException("no field: " + line);
        return Map.entry(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    private static Count count(String kind, String text) {
        var counts = COUNTS.matcher(text);
        if (!counts.matches()) throw new SyntaxException("no counts of " + kind + ": " + text);
        return new Count(kind, number(counts.group(1)), number(counts.group(2)),
                counts.group(3) == null ? Optional.empty() : Optional.of(
                        new Urgent(number(counts.group(3)), number(counts.group(4)))));
    }

    private static long number(String digits) {
        //= rfc3842#3.5-6 what is larger counts as the largest
        return Grammar.isNumber(digits, MOST) ? Long.parseLong(digits) : MOST;
    }

    //= rfc3842#3.8-1,2 counts alone, in the first NOTIFY and in all others
    //= rfc3842#3.5-8 and no fields of single messages
    @Override public Optional<Content> whole(long version) {
        return Optional.of(new Content(TYPE, Bytes.utf8(toString())));
    }

    /// As it stands in a message.
    @Override public String toString() {
        var text = new StringBuilder("Messages-Waiting: " + (waiting ? "yes" : "no") + "\r\n");
        //= rfc3842#3.5-3,4 whose account it is, without angle brackets
        //= rfc3842#3.8-4 as who subscribes to a group has to know
        account.ifPresent(uri -> text.append("Message-Account: ").append(uri).append("\r\n"));
        for (var count : counts) {
            text.append(count.kind).append(": ").append(count.fresh).append('/').append(count.old);
            count.urgent.ifPresent(urgent -> text.append(" (").append(urgent.fresh).append('/')
                    .append(urgent.old).append(')'));
            text.append("\r\n");
        }
        return text.toString();
    }
}
