package p2psip.app.capture;

import module java.base;

/// What was found in a capture.
///
/// @param ok       how many packets or messages of each protocol were in order
/// @param problems by packet
/// @param other    packets that carry something between ports that speak nothing we know
public record Report(Map<Protocol, Integer> ok, List<Problem> problems, int other) {
    public Report {
        ok = Collections.unmodifiableMap(new EnumMap<>(ok));
        problems = List.copyOf(problems);
    }

    /// How many packets of a protocol were in order.
    public int ok(Protocol protocol) { return ok.getOrDefault(protocol, 0); }

    public long refused(Protocol protocol) {
        return problems.stream().filter(p -> p.protocol() == protocol).count();
    }

    /// What most captures have none of, and which is said where there is some.
    private static final Set<Protocol> RARE = EnumSet.of(
            Protocol.SRTP, Protocol.SRTCP, Protocol.DTLS);

    /// `IP 34 ok 0 refused; SIP 12 ok 0 refused; ...; plain data 0; other 3`
    @Override public String toString() {
        var line = new StringJoiner("; ");
        for (var protocol : Protocol.values())
            if (!RARE.contains(protocol) || ok(protocol) + refused(protocol) > 0)
                line.add(protocol == Protocol.PLAIN ? protocol + " " + refused(protocol)
                        : protocol + " " + ok(protocol) + " ok " + refused(protocol)
                                + " refused");
        return line.add("other " + other).toString();
    }
}
