package p2psip.std.rfc5359;

import p2psip.std.rfc3665.BadNetworkFlows;

class BadNetworkServiceFlowsTest extends BadNetworkFlows {
    BadNetworkServiceFlowsTest() { super(ServiceFlow.values()); }
}
