package p2psip.app.host;

class SimHostTest extends HostContract {
    private final Network network = new Network(1);
    private final SimHost host = network.host("10.0.0.1");

    { network.forgiving(); }

    @Override Host host() { return host; }

    @Override Host restarted() {
        host.kill();
        return host;
    }
}
