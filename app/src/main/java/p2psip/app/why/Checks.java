package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.Username;

/// The checks of ICE that have passed a wire, and which were answered. Whose they are USERNAME
/// says: the names that both sides have given themselves in their descriptions.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.2.2 RFC 8445 §7.2.2
final class Checks {
    /// Pairs of addresses that are remembered, and questions that may still be answered; the oldest
    /// are forgotten.
    static final int PAIRS = 1_000, ASKED = 10_000;

    private record Way(InetSocketAddress from, InetSocketAddress to, String asked, String asking) {}

    /// What became of the checks that went one way.
    private static final class Course {
        int sent, answered;
        String last = "no answer";
    }

    private final SequencedMap<Way, Course> courses = new LinkedHashMap<>();
    private final SequencedMap<TransactionId, Way> asked = new LinkedHashMap<>();

    /// A datagram of STUN has passed; nothing happens if it belongs to no check.
    void passed(Wire wire) {
        try {
            var message = Message.parse(wire.bytes());
            if (message.method() != Message.BINDING) return;
            switch (message.kind()) {
                case REQUEST -> message.first(Username.class).ifPresent(name ->
                        asks(message.id(), wire, name.value()));
                case SUCCESS, ERROR -> answers(message, wire);
                case INDICATION -> { }
            }
        } catch (p2psip.std.SyntaxException e) {
            // of no use to anybody
        }
    }

    private void asks(TransactionId id, Wire wire, String name) {
        int colon = name.indexOf(':');
        if (colon < 0) return;
        var way = new Way(wire.local(), wire.remote(), name.substring(0, colon),
                name.substring(colon + 1));
        courses.computeIfAbsent(way, _ -> new Course()).sent++;
        if (courses.size() > PAIRS) courses.pollFirstEntry();
        asked.put(id, way);
        if (asked.size() > ASKED) asked.pollFirstEntry();
    }

    private void answers(Message message, Wire wire) {
        var way = asked.get(message.id());
        var course = way == null ? null : courses.get(way);
        if (course == null || !way.from.equals(wire.remote()) || !way.to.equals(wire.local()))
            return;
        asked.remove(message.id());
        if (message.kind() == Message.Kind.SUCCESS) course.answered++;
        course.last = message.kind() == Message.Kind.SUCCESS ? "answered"
                : "error " + message.code();
    }

    /// Those between two who have given themselves such names; empty if there were none.
    ///
    /// @param inside the addresses that both have of themselves
    List<OfWay.Pair> between(Set<String> names, Set<InetSocketAddress> inside) {
        return courses.entrySet().stream().filter(entry -> names.contains(entry.getKey().asked)
                && names.contains(entry.getKey().asking)).map(entry -> {
            var way = entry.getKey();
            var course = entry.getValue();
            return new OfWay.Pair(HostName.text(way.from), HostName.text(way.to),
                    !inside.contains(way.to), course.answered > 0 ? "succeeded" : "failed",
                    course.sent, course.answered, 0, course.last);
        }).toList();
    }

    /// Where somebody of that name has been met: what was asked there or has asked from there.
    Set<InetSocketAddress> places(String name) {
        return courses.keySet().stream().flatMap(way -> Stream.of(
                way.asked.equals(name) ? way.to : null, way.asking.equals(name) ? way.from : null))
                .filter(Objects::nonNull).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
