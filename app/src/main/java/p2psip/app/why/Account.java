package p2psip.app.why;

import module java.base;

/// What a node knows of one call, or of itself alone where no call is meant: all that an
/// [Explanation] is made of.
///
/// @param ofCall in the order in which it happened
/// @param ofNode by the time at which it was seen first
/// @param now    when somebody has asked
public record Account(Optional<Call> call, List<Entry> ofCall,
        List<Entry> ofNode, long forgottenOfCall, long forgottenOfNode, long forgottenCalls,
        Instant now) {

    /// One call.
    ///
    /// @param from who has called, an address
    public record Call(String callId, String from, String to, Instant since) {}

    public Account {
        ofCall = List.copyOf(ofCall);
        ofNode = List.copyOf(ofNode);
    }

    /// The same with what was found out just now.
    public Account with(List<Fact> call, List<Fact> node) {
        return new Account(this.call, more(ofCall, call), more(ofNode, node),
                forgottenOfCall, forgottenOfNode, forgottenCalls, now);
    }

    private List<Entry> more(List<Entry> entries, List<Fact> facts) {
        return Stream.concat(entries.stream(), facts.stream().map(fact -> Entry.of(now, fact)))
                .toList();
    }
}
