package p2psip.app.node;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// What a node writes into the name that a telephone shows of who calls: whether it is he. What
/// looks as such a mark and is not the node's own is taken out first.
final class Marks {
    static final String VERIFIED = "(verified)", UNVERIFIED = "(unverified)";

    /// Letters that look as those of the word, in lower case: Cyrillic, Greek, Armenian, digits.
    private static final Map<Integer, Character> LOOK_ALIKE = Map.ofEntries(
            Map.entry((int) 'ѵ', 'v'), Map.entry((int) 'ν', 'v'), Map.entry((int) 'е', 'e'),
            Map.entry((int) 'ё', 'e'), Map.entry((int) 'ε', 'e'), Map.entry((int) '3', 'e'),
            Map.entry((int) 'г', 'r'), Map.entry((int) 'і', 'i'), Map.entry((int) 'ї', 'i'),
            Map.entry((int) 'ι', 'i'), Map.entry((int) 'ı', 'i'), Map.entry((int) '1', 'i'),
            Map.entry((int) '|', 'i'), Map.entry((int) 'l', 'i'), Map.entry((int) '!', 'i'),
            Map.entry((int) 'ƒ', 'f'), Map.entry((int) 'ք', 'f'), Map.entry((int) 'ԁ', 'd'),
            Map.entry((int) 'ɗ', 'd'), Map.entry((int) 'ѕ', 's'));

    private static final Pattern WORD =
            Pattern.compile("(u[^a-z]*n[^a-z]*)?v[^a-z]*e[^a-z]*r[^a-z]*i[^a-z]*f[^a-z]*i[^a-z]*e"
                    + "[^a-z]*d");

    private Marks() {}

    /// A request with a mark of ours behind the caller's name, and no other in it.
    static Request marked(Request request, String mark) {
        var from = request.from();
        var name = clean(from.displayName());
        var shown = new Address((name.isEmpty() ? user(from) : name) + " " + mark, from.uri(),
                from.params());
        return withFrom(request, shown);
    }

    /// The same without any mark.
    static Request unmarked(Request request) {
        var from = request.from();
        var name = clean(from.displayName());
        return name.equals(from.displayName()) ? request
                : withFrom(request, new Address(name, from.uri(), from.params()));
    }

    private static String user(Address from) {
        return from.uri() instanceof SipUri sip ? clean(sip.user()) : "";
    }

    private static Request withFrom(Request request, Address from) {
        return request.change(list -> list.replaceAll(header -> header.is("From")
                ? new Header("From", from.toString()) : header));
    }

    /// A name without symbols, invisible characters, and what reads as "verified".
    static String clean(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKC).codePoints()
                .filter(c -> switch (Character.getType(c)) {
                    case Character.OTHER_SYMBOL, Character.FORMAT, Character.CONTROL,
                            Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                            false;
                    default -> c != '√';
                }).toArray();
        var skeleton = new StringBuilder();
        for (int c : plain) skeleton.append(letter(c));
        var out = new StringBuilder();
        int kept = 0;
        for (var word = WORD.matcher(skeleton); word.find(); kept = word.end())
            append(out, plain, kept, word.start());
        append(out, plain, kept, plain.length);
        return out.toString().replaceAll("[(\\[{<]\\s*[)\\]}>]", "").strip();
    }

    private static char letter(int c) {
        int lower = Character.toLowerCase(c);
        var base = Normalizer.normalize(Character.toString(lower), Normalizer.Form.NFD)
                .codePointAt(0);
        int known = LOOK_ALIKE.getOrDefault(lower, LOOK_ALIKE.getOrDefault(base, '\0'));
        return known != 0 ? (char) known : base < 128 ? (char) base : '?';
    }

    private static void append(StringBuilder out, int[] points, int from, int to) {
        for (int i = from; i < to; i++) out.appendCodePoint(points[i]);
    }
}
