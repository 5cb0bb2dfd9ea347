package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;

/// What is found about a server that is not started: a line for each thing that was looked at.
final class SipdCheck {
    /// A certificate that ends sooner is to be renewed.
    private static final Duration SOON = Duration.ofDays(14);

    /// @param well whether a server could be started with it
    record Finding(boolean well, String text) {
        @Override public String toString() { return (well ? "good: " : "wrong: ") + text; }
    }

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> findings() { return List.copyOf(findings); }

    boolean well() { return findings.stream().allMatch(Finding::well); }

    void good(String text) { findings.add(new Finding(true, text)); }

    void wrong(String text) { findings.add(new Finding(false, text)); }

    /// Looks at one thing; what is wrong with it is found, and nothing if it cannot be had.
    <T> Optional<T> look(Supplier<T> thing) {
        try {
            return Optional.of(thing.get());
        } catch (UserMistake e) {
            wrong(e.getMessage());
            return Optional.empty();
        }
    }

    /// @param domains whose users are to see that they speak with the right one
    void certificate(Certified shown, List<String> domains, Instant now) {
        var own = shown.chain().getFirst();
        var until = own.getNotAfter().toInstant();
        if (now.isBefore(own.getNotBefore().toInstant()))
            wrong("the certificate is good only from " + own.getNotBefore().toInstant() + " on");
        else if (now.isAfter(until)) wrong("the certificate has expired at " + until);
        else good("the certificate is good until " + until
                + (now.plus(SOON).isAfter(until) ? ": renew it soon" : ""));
        for (var domain : domains)
            if (shown.proves(domain)) good("the certificate is for " + domain);
            else wrong("the certificate is not for " + domain);
    }
}
