package p2psip.std.rfc3665;

class BadNetworkFlowsTest extends BadNetworkFlows {
    BadNetworkFlowsTest() { super(BasicFlow.values()); }
}
