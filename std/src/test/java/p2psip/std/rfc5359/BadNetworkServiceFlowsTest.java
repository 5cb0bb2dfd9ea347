package p2psip.std.rfc5359;

import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc3665.BadNetworkFlows;

class BadNetworkServiceFlowsTest extends BadNetworkFlows {
    BadNetworkServiceFlowsTest() { super(ServiceFlow.values()); }

    /// Bob, who was called by one connection, has been answered by another since: with the first
    /// goes the only way by which he could be told that it is over.
    @Test void whoever_is_asked_by_one_connection_and_answered_by_another_misses_either() {
        dies(ServiceFlow.CONSULTATION_HOLD, Transport.TLS, 19);
    }
}
