package p2psip.std.rfc5780;

import module java.base;

/// What [Discovery] has found out about the routers in between: of this moment and this port only.
///
/// @param mapped     by which address the server sees the port
/// @param translated whether that is none of the port's own
public record Findings(InetSocketAddress mapped, boolean translated, Finding mapping,
        Finding filtering) {

    /// One answer, or why there is none.
    public sealed interface Finding {
        record Known(Behavior behavior) implements Finding {
            @Override public String toString() { return behavior.toString(); }
        }

        record Unknown(String why) implements Finding {
            @Override public String toString() { return "unknown: " + why; }
        }
    }
}
