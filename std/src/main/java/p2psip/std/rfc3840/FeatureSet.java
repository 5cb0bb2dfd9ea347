package p2psip.std.rfc3840;

import module java.base;
import p2psip.std.rfc2396.Params;

/// What a phone can do, or is asked to be able to do: terms that all hold, each of which says
/// which values one feature has.
///
/// @param terms by feature tags, without the `sip.` of those that have none on the wire
/// @spec https://www.rfc-editor.org/rfc/rfc3840#section-9 RFC 3840 §9
public record FeatureSet(SequencedMap<String, List<Value>> terms) {
    /// More terms, and more values of one, are not looked at.
    static final int MAX = 40;

    private static final Set<String> BASE = Set.of("audio", "automata", "class", "duplex", "data",
            "control", "mobility", "description", "events", "priority", "methods", "schemes",
            "application", "video", "language", "type", "isfocus", "actor", "text", "extensions");

    private static final String PREFIX = "sip.";

    /// One value that a feature may have.
    public sealed interface Value {
        /// A word, whatever its case: `TRUE`, `INVITE`; or any but that.
        record Token(String word, boolean not) implements Value {}

        /// Text, letter by letter.
        record Text(String text) implements Value {}

        /// Numbers from one to another; or all others.
        record Numbers(double least, double most, boolean not) implements Value {
            private boolean meets(Numbers other) {
                if (not) return other.not || !other.inside(this);
                return other.not ? !inside(other) : least <= other.most && other.least <= most;
            }

            private boolean inside(Numbers other) {
                return least >= other.least && most <= other.most;
            }
        }

        /// Whether there is something that both mean.
        static boolean meet(Value one, Value other) {
            return switch (one) {
                case Token(var a, boolean notA) -> other instanceof Token(var b, boolean notB)
                        && (notA && notB || a.equalsIgnoreCase(b) == (notA == notB));
                case Text text -> text.equals(other);
                case Numbers a -> other instanceof Numbers b && a.meets(b);
            };
        }
    }

    public FeatureSet { terms = new LinkedHashMap<>(terms); }

    /// What a Contact, or an Accept-Contact, says; other parameters are none of this.
    public static FeatureSet of(Params params) {
        var terms = new LinkedHashMap<String, List<Value>>();
        //= rfc3840#9-1 one instance of each tag: the first counts
        params.list().stream().filter(p -> isFeature(p.name())).limit(MAX).forEach(p ->
                terms.putIfAbsent(name(p.name()), values(Params.unquoted(p.value()))));
        return new FeatureSet(terms);
    }

    /// Whether a parameter says something of what a phone can do.
    public static boolean isFeature(String name) {
        //= rfc3840#5-14 others than the base tags have a plus sign first
        //= rfc3840#10-1 any of them may be used, registered or not
        return name.startsWith("+") || BASE.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String name(String param) {
        var lower = param.toLowerCase(Locale.ROOT);
        return lower.startsWith("+") ? lower.substring(1) : PREFIX + lower;
    }

    private static List<Value> values(String text) {
        if (text.startsWith("<") && text.endsWith(">"))
            //= rfc3840#5-13 a string is the only value of its tag
            return List.of(new Value.Text(text.substring(1, text.length() - 1)));
        if (text.isEmpty()) return List.of(new Value.Token("TRUE", false));
        return Stream.of(text.split(",", MAX + 1)).limit(MAX).map(String::strip)
                .map(each -> each.startsWith("!") ? value(each.substring(1), true)
                        : value(each, false)).toList();
    }

    private static Value value(String text, boolean not) {
        try {
            return text.startsWith("#") ? numbers(text.substring(1), not)
                    : new Value.Token(text, not);
        } catch (NumberFormatException e) {
            return new Value.Token(text, not);
        }
    }

    /// `=5`, `>=5`, `<=5` or `1:5`.
    private static Value numbers(String text, boolean not) {
        //= rfc3840#9-2 numbers are such as a double can have
        if (text.startsWith("="))
            return new Value.Numbers(number(text, 1), number(text, 1), not);
        if (text.startsWith(">="))
            return new Value.Numbers(number(text, 2), Double.POSITIVE_INFINITY, not);
        if (text.startsWith("<="))
            return new Value.Numbers(Double.NEGATIVE_INFINITY, number(text, 2), not);
        int colon = text.indexOf(':');
        return new Value.Numbers(number(text.substring(0, Math.max(0, colon)), 0),
                number(text, colon + 1), not);
    }

    private static double number(String text, int from) {
        return Double.parseDouble(text.substring(from));
    }

    /// One with one more term.
    public FeatureSet with(String tag, Value... values) {
        var more = new LinkedHashMap<>(terms);
        more.put(tag, List.of(values));
        return new FeatureSet(more);
    }

    public boolean isEmpty() { return terms.isEmpty(); }

    public boolean has(String tag) { return terms.containsKey(tag); }

    /// Whether something can be both: what one of them does not speak of is no obstacle.
    public boolean matches(FeatureSet other) {
        return terms.entrySet().stream().allMatch(term -> {
            var theirs = other.terms.get(term.getKey());
            return theirs == null || term.getValue().stream().anyMatch(a ->
                    theirs.stream().anyMatch(b -> Value.meet(a, b)));
        });
    }
}
