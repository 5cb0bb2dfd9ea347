package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Cited;

/// A candidate of ours and one of the peer's, and how far the check of the two has come.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.2.6 RFC 8445 §6.1.2.6
public final class Pair {

    /// Figure 6 of the RFC.
    public enum State implements Cited {
        FROZEN("6.1.2.6"), WAITING("6.1.2.6"), IN_PROGRESS("6.1.2.6"), SUCCEEDED("6.1.2.6"),
        FAILED("6.1.2.6");

        @Override public String section() { return section; }

        private final String section;

        State(String section) { this.section = section; }
    }

    /// What a pair is found by: from where to where is sent.
    record Key(InetSocketAddress base, InetSocketAddress remote) {}

    private final int stream;
    private final Candidate local;
    private final Instant made;
    private Candidate remote;
    private State state = State.FROZEN;
    private long priority;
    private int checks, heard, answers, attempt;
    private String last = "not checked yet";
    private Instant latest;

    /// How the peer sees us when we send on this pair, once a check has told: it is valid then.
    private Optional<Candidate> mapped = Optional.empty();

    /// The pair whose check has shown that this one is valid: nearly always itself.
    private Pair checked = this;
    private Instant validated = Instant.MIN;
    private boolean nominated, nominating, awaited, removed;

    Pair(int stream, Candidate local, Candidate remote, Role role, Instant now) {
        this.stream = stream;
        this.local = local;
        this.remote = remote;
        this.made = now;
        this.latest = now;
        prioritize(role);
    }

    /// The priority of a pair: that of its worse half first.
    ///
    /// @param g of the controlling agent's candidate
    /// @param d of the controlled agent's
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.2.3 RFC 8445 §6.1.2.3
    public static long priority(long g, long d) {
        //= rfc8445#6.1.2.3¶2 both agents compute the same: minimum, maximum, who is greater
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }

    void prioritize(Role role) {
        priority = priority(role, local.priority());
    }

    private long priority(Role role, long ours) {
        return role == Role.CONTROLLING ? priority(ours, remote.priority())
                : priority(remote.priority(), ours);
    }

    /// What a valid pair is worth, by the candidate of ours that the peer sees.
    long worth(Role role) {
        return priority(role, mapped.orElse(local).priority());
    }

    //= rfc8445#6.1.2.4-1 of reflexive candidates the base is paired
    //= rfc8838#10-2 a server-reflexive local candidate is replaced by its base
    //= rfc8838#11-1 whoever has trickled the other half of the pair
    Key key() { return new Key(local.base(), remote.address()); }

    String foundation() { return local.foundation() + " " + remote.foundation(); }

    int stream() { return stream; }

    int component() { return local.component(); }

    Candidate local() { return local; }

    Candidate remote() { return remote; }

    /// The peer has told what was only learned before.
    void told(Candidate remote, Role role) {
        this.remote = remote;
        prioritize(role);
    }

    long priority() { return priority; }

    State state() { return state; }

    void enter(State state, Instant now) {
        this.state = state;
        latest = now;
    }

    boolean valid() { return mapped.isPresent(); }

    Path path() { return new Path(mapped.orElse(local), remote); }

    boolean relayed() { return path().relayed(); }

    void validate(Candidate mapped, Pair checked, Instant now) {
        this.mapped = Optional.of(mapped);
        this.checked = checked;
        validated = now;
    }

    /// Whether the peer has consented within the last thirty seconds.
    boolean proved(Instant now) {
        return valid() && now.isBefore(validated.plus(Consent.LIFE));
    }

    /// The transaction under way is sent no more, and its silence no failure.
    void cancel() { attempt++; }

    /// Which of its transactions is the last: those before it are cancelled.
    int attempt() { return attempt; }


    void invalidate() { mapped = Optional.empty(); }

    Pair checked() { return checked; }

    boolean nominated() { return nominated; }

    void nominate() { nominated = true; }

    /// Whether the next checks say USE-CANDIDATE.
    boolean nominating() { return nominating; }

    void nominating(boolean nominating) { this.nominating = nominating; }

    /// Whether the peer has nominated it, and our own check is yet to succeed.
    boolean awaited() { return awaited; }

    void awaited(boolean awaited) { this.awaited = awaited; }

    boolean removed() { return removed; }

    void remove() { removed = true; }

    boolean finished() { return state == State.SUCCEEDED || state == State.FAILED; }

    boolean unsent() { return checks == 0; }

    void sent(Instant now) {
        checks++;
        note(checks == 1 ? "checked" : last, now);
    }

    void heard(Instant now) {
        heard++;
        latest = now;
    }

    void answered(String what, Instant now) {
        answers++;
        note(what, now);
    }

    void note(String what, Instant now) {
        last = what;
        latest = now;
    }

    int checks() { return checks; }

    int timesHeard() { return heard; }

    int answers() { return answers; }

    String last() { return last; }

    Instant made() { return made; }

    Instant latest() { return latest; }

    @Override public String toString() { return local + " -> " + remote + " " + state; }
}
