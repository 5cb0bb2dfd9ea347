package p2psip.std.rfc1035;

import module java.base;

/// What came of a question.
public sealed interface Answer {

    /// The name has something to say: the answer section of the message, aliases included, and what
    /// it adds of names that occur there.
    record Found(List<ResourceRecord> answer, List<ResourceRecord> additional) implements Answer {
        public Found {
            answer = List.copyOf(answer);
            additional = List.copyOf(additional);
        }

        public Found(List<ResourceRecord> answer) { this(answer, List.of()); }
    }

    /// There is no such name, or it has no such record.
    ///
    /// @param ttl for how long that may be kept: what the zone says, zero if it says nothing
    record None(Duration ttl) implements Answer {}

    /// Nobody answered, or not to the point.
    record Failed(String why) implements Answer {}
}
