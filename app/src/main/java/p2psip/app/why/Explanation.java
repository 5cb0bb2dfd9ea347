package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace.Subject;

/// Why a call failed, or that it did not: made of an [Account] and nothing else.
///
/// @param callId    empty where no call has come
/// @param what      one sentence for people
/// @param cause     what it is called by programs, and the sentence, the packet that is missing and
///                  what to do; empty where nothing is wrong
/// @param lines     what was seen, by time
/// @param forgotten how many facts were, for there were too many
public record Explanation(String callId, String from, String to, Verdict verdict, String what,
        Optional<Named> cause, List<Line> lines, long forgotten) {

    public enum Verdict {
        /// The cause is known.
        EXPLAINED,

        /// Nothing is wrong that is known.
        HEALTHY,

        /// It has not come to an end.
        UNDER_WAY,

        /// There is no call, and nothing is wrong that is known.
        NOTHING
    }

    /// The cause.
    ///
    /// @param name     `phone-silent`
    /// @param citation of the sentence
    public record Named(String name, String citation, String missing, String advice) {}

    /// Something that was seen.
    ///
    /// @param after  how long after the call began; negative if before
    /// @param times  how often
    /// @param marked whether the cause is seen in this
    public record Line(Duration after, int times, Subject subject, String text, String citation,
            boolean marked) {}

    /// How long before a call and after it what happens to the node belongs to it.
    private static final Duration BEFORE = Duration.ofMinutes(1), AFTER = Duration.ofSeconds(40);

    public Explanation { lines = List.copyOf(lines); }

    /// What became of a call; where that is nothing bad, what ails the node since.
    public static Explanation of(Account account) {
        var evidence = new Evidence(account);
        var named = Causes.first(evidence);
        if (named.isPresent()) return explained(account, named.get());
        return switch (evidence.course()) {
            case NONE -> of(account, Verdict.NOTHING,
                    "No call has come by this node, and nothing is wrong that it knows of.");
            case UNDER_WAY -> of(account, Verdict.UNDER_WAY, "The call goes on"
                    + (evidence.rang() ? ": it rings." : ": nobody has answered yet."));
            case LEFT -> of(account, Verdict.HEALTHY, "No cause found: the call was healthy, and"
                    + " ended with " + status(evidence) + ", as people wish.");
            case ANSWERED, FAILED -> of(account, Verdict.HEALTHY, "No cause found: the call was"
                    + " healthy." + (evidence.isRelayed() ? " It went by a relay." : ""));
        };
    }

    /// The same of the last call; where nothing is wrong with it, of what keeps the next one away.
    public static Explanation ofLast(Account account) {
        var ofCall = of(account);
        if (ofCall.verdict != Verdict.HEALTHY) return ofCall;
        var alone = new Account(Optional.empty(), List.of(), account.ofNode(), 0,
                account.forgottenOfNode(), account.forgottenCalls(), account.now());
        var over = new Evidence(account).over();
        return Causes.first(new Evidence(alone)).filter(named ->
                        !named.finding().at().isBefore(over))
                .map(named -> explained(alone, named)).orElse(ofCall);
    }

    private static String status(Evidence evidence) {
        var message = Evidence.message(evidence.end().orElseThrow());
        return message.status() + " " + message.phrase();
    }

    private static Explanation explained(Account account, Causes.Named named) {
        var cause = named.cause();
        return new Explanation(callId(account), call(account, Account.Call::from),
                call(account, Account.Call::to), Verdict.EXPLAINED, named.finding().what(),
                Optional.of(new Named(cause.name(), cause.citation(), cause.missing(),
                        cause.advice())), lines(account, Optional.of(named.finding().by())),
                forgotten(account));
    }

    private static Explanation of(Account account, Verdict verdict, String what) {
        return new Explanation(callId(account), call(account, Account.Call::from),
                call(account, Account.Call::to), verdict, what, Optional.empty(),
                lines(account, Optional.empty()), forgotten(account));
    }

    private static String callId(Account account) {
        return call(account, Account.Call::callId);
    }

    private static String call(Account account, Function<Account.Call, String> of) {
        return account.call().map(of).orElse("");
    }

    private static long forgotten(Account account) {
        return account.forgottenOfCall() + account.forgottenOfNode();
    }

    private static List<Line> lines(Account account, Optional<Fact> by) {
        var begin = account.call().map(Account.Call::since).orElse(account.now());
        var over = account.call().isEmpty() ? account.now() : new Evidence(account).over();
        return Stream.concat(account.ofCall().stream(), account.ofNode().stream()
                        .filter(entry -> entry.fact().standing().isPresent()
                                || by.filter(fact -> fact == entry.fact()).isPresent()
                                || entry.last().isAfter(begin.minus(BEFORE))
                                && entry.at().isBefore(over.plus(AFTER))))
                .sorted(Comparator.comparing(Entry::at))
                .map(entry -> new Line(Duration.between(begin, entry.at()), entry.times(),
                        entry.fact().subject(), entry.fact().text(), entry.fact().citation(),
                        by.filter(fact -> fact == entry.fact()).isPresent())).toList();
    }
}
