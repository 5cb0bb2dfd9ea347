package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.Response;

/// One way by which a user agent is registered: straight, or through one of its outbound proxies.
/// If it is a flow it says whether that still lives, and how it is kept so.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.2.1 RFC 5626 §4.2.1
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.4 RFC 5626 §4.4
public final class Way {
    private final int number;
    private final List<Address> routes;
    private final Optional<Instance> instance;
    /// Whether it is a flow: where the first hop lacks outbound it is none.
    private boolean outbound;
    private boolean up;
    private Optional<Flow> flow = Optional.empty();
    private List<Address> service = List.of();
    private Optional<SipUri> target = Optional.empty();
    /// How it is kept alive, if it is.
    private Optional<KeepAlive> keepAlive = Optional.empty();
    /// The address that we were seen to have when it was tried first.
    private Optional<InetSocketAddress> mapped = Optional.empty();
    /// Whether it has been found to work since it was made.
    private boolean proven;
    /// How many attempts have failed, one after the other.
    private int failures;

    /// @param instance of a user agent that registers flows
    Way(int number, List<Address> routes, Optional<Instance> instance) {
        this.number = number;
        this.routes = routes;
        this.instance = instance;
        outbound = instance.isPresent();
    }

    /// Its reg-id: 1 is the first.
    public int number() { return number; }

    /// What its requests visit first.
    public List<Address> routes() { return routes; }

    /// Whether it is registered.
    public boolean up() { return up; }

    /// What registered it, as long as that lives.
    public Optional<Flow> flow() { return flow; }

    /// Whether it is registered by this flow.
    public boolean isOver(Flow other) { return flow.filter(other::equals).isPresent(); }

    /// What the registrar has added to the routes of other requests.
    public List<Address> service() { return service; }

    /// Where the registrar says that we are to be reached, until the registration lapses.
    public Optional<SipUri> target() { return target; }

    /// Our contact, and by which flow it is reached.
    public Address contact(Address contact) {
        var params = contact.params();
        //= rfc5626#4.2.1-5 with the instance-id
        if (instance.isPresent())
            params = params.with(Instance.PARAMETER, instance.get().quoted());
        //= rfc5627#4.1-10 several contacts of one instance are flows, by RFC 5626
        //= rfc5626#4.2.3-1 and a reg-id, for the contact is this user agent itself
        if (outbound) params = params.with(Outbound.REG_ID, Integer.toString(number));
        return contact.withParams(params);
    }

    /// It was refused as a flow, and is to be none; false if it was none.
    public boolean lacksOutbound() {
        boolean before = outbound;
        outbound = false;
        return before;
    }

    /// A REGISTER by it was answered.
    ///
    /// @param kept    whether the contact is bound
    /// @param service as long as it is, as is `target`
    public void registered(Response ok, Optional<Flow> by, boolean kept, List<Address> service,
            Optional<SipUri> target) {
        if (!flow.equals(by)) {
            mapped = Optional.empty();
            proven = false;
        }
        flow = by;
        up = kept;
        this.service = kept ? service : List.of();
        this.target = target.filter(_ -> kept);
        if (!kept) return;
        keepAlive = by.filter(_ -> outbound)
                .flatMap(lives -> KeepAlive.of(ok, lives.transport()));
        if (keepAlive.isEmpty()) failures = 0;
    }

    /// The registration has lapsed, or was taken back.
    public void lapsed() { target = Optional.empty(); }

    /// The flow lives, if it is this one. Answers whether it has failed for all that.
    ///
    /// @param seen as which address it is seen to come
    public boolean ponged(Flow by, Optional<InetSocketAddress> seen) {
        if (!isOver(by) || keepAlive.isEmpty()) return false;
        proven = true;
        failures = 0;
        if (mapped.isEmpty()) mapped = seen;
        //= rfc5626#4.4.2-4 another mapped address than before: the flow has failed
        return !mapped.equals(seen);
    }

    /// How long to wait until it is tried; empty if it is not kept alive.
    public Optional<Duration> ping(RandomGenerator random) {
        return keepAlive.map(pings -> pings.next(random));
    }

    /// Whether it has been found to work, or nobody has tried.
    public boolean worked() { return keepAlive.isEmpty() || proven; }

    /// Nobody is registered by it. Answers whether the flow, too, is given up.
    ///
    /// @param keeping whether a flow that lives is kept
    public boolean down(boolean keeping) {
        //= rfc3608#6.1-2 refused, it discards the service route that it has stored
        service = List.of();
        up = false;
        if (keeping && flow.isPresent() && keepAlive.isPresent()) return false;
        flow = Optional.empty();
        keepAlive = Optional.empty();
        return true;
    }

    /// How long to wait after a failure that may pass by itself.
    ///
    /// @param alone whether no other way is up
    Duration pause(boolean alone, RandomGenerator random) {
        return Recovery.pause(++failures, alone, random);
    }
}
