package p2psip.std.rfc3323;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// What a message asks to be kept private: the values of its Privacy field.
///
/// @param values in lower case
/// @spec https://www.rfc-editor.org/rfc/rfc3323#section-4.2 RFC 3323 §4.2
public record Privacy(Set<String> values) {
    public static final String NAME = "Privacy", OPTION = "privacy";
    public static final String NONE = "none", CRITICAL = "critical", ID = "id", HEADER = "header",
            SESSION = "session", USER = "user";

    private static final String REQUIRED = "Proxy-Require";

    /// How who wants to remain unknown is called in From.
    //= rfc3323#4.1.1.1-1 by the name Anonymous
    //= rfc3323#4.1.1.3-1 and the host anonymous.invalid
    //= rfc3323#4.1-3 which makes an anonymous From
    public static final Address ANONYMOUS =
            Address.parse("\"Anonymous\" <sip:anonymous@anonymous.invalid>");

    public Privacy {
        values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        //= rfc3323#4.2-7 beside none nothing else stands
        //= rfc3323#4.2-8 each at most once
        if (values.contains(NONE) && values.size() > 1) values = Set.of(NONE);
    }

    /// What a message says.
    public static Privacy of(Message message) {
        //  separated by semicolons, and by commas where somebody knows no better
        return new Privacy(message.list(NAME).stream()
                .flatMap(value -> Stream.of(value.split(";"))).map(String::strip)
                .filter(value -> !value.isEmpty()).map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /// Whether nothing at all is to be done.
    public boolean none() { return values.contains(NONE); }

    public boolean critical() { return values.contains(CRITICAL); }

    /// Whether something of this kind is to be kept private.
    public boolean asks(String what) {
        //= rfc3323#5-3 with none no privacy function is performed
        return !none() && values.contains(what);
    }

    /// Those that somebody cannot do, who can do these.
    public List<String> beyond(Set<String> possible) {
        return none() ? List.of() : values.stream().filter(value -> !value.equals(CRITICAL)
                && !possible.contains(value)).toList();
    }

    /// A message of which one thing that it asks for was done.
    public static Request performed(Request request, String what) {
        var left = left(request, what);
        if (left.isEmpty()) return request;
        var changed = put(request, left.get());
        //= rfc3323#5-9 with the field goes the option tag in Proxy-Require
        return changed.has(NAME) ? changed : put(changed, REQUIRED, request.list(REQUIRED).stream()
                .filter(tag -> !tag.equalsIgnoreCase(OPTION)).toList());
    }

    public static Response performed(Response response, String what) {
        return left(response, what).map(values -> put(response, values)).orElse(response);
    }

    private static Optional<List<String>> left(Message message, String what) {
        var privacy = of(message);
        if (!privacy.asks(what)) return Optional.empty();
        //= rfc3323#5-7 its value is removed, so that no other service does it again
        var left = privacy.values.stream().filter(value -> !value.equals(what)).toList();
        //= rfc3323#5-8 if nothing is left, but critical, all of it goes
        return Optional.of(left.equals(List.of(CRITICAL)) ? List.of() : left);
    }

    private static Request put(Request request, List<String> values) {
        return values.isEmpty() ? request.without(NAME)
                : request.without(NAME).with(NAME, String.join(";", values));
    }

    private static Response put(Response response, List<String> values) {
        return values.isEmpty() ? response.without(NAME)
                : response.without(NAME).with(NAME, String.join(";", values));
    }

    private static Request put(Request request, String name, List<String> values) {
        if (!request.has(name)) return request;
        return values.isEmpty() ? request.without(name)
                : request.without(name).with(name, String.join(", ", values));
    }

    @Override public String toString() { return String.join(";", values); }
}
