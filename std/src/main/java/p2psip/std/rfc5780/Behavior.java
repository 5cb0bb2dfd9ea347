package p2psip.std.rfc5780;

/// On how much of the other's address it depends what a router does, in the words of RFC 4787: by
/// which outside address somebody inside is seen (mapping, §4.1), or who is let in (filtering, §5).
public enum Behavior {
    ENDPOINT_INDEPENDENT("endpoint-independent"),
    ADDRESS_DEPENDENT("address-dependent"),
    ADDRESS_AND_PORT_DEPENDENT("address and port-dependent");

    private final String words;

    Behavior(String words) { this.words = words; }

    @Override public String toString() { return words; }
}
