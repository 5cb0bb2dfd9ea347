package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc5626.*;

/// How a [Phone] is set up: [#of] is a phone that needs nothing else said, and each of the other
/// methods a phone that is the same but for one thing.
///
/// ```java
/// PhoneSetup.of("sip:alice@example.com", proxy).withLogin("alice", "wonderland").ringing();
/// ```
///
/// @param identity its address of record
/// @param trunk    which way it reaches others, and is reached
/// @param login    how its user proves to be one, to whoever asks
/// @param speech   what it says and keeps
/// @param manners  what it does by itself
/// @param ice      whether it looks for the best way to its peers, and who helps
/// @param secrecy  whether others may hear its sound on the way
/// @param traced   whether it notes messages and states
public record PhoneSetup(Address identity, Trunk trunk, Optional<Accounts> login, Speech speech,
        Manners manners, IceOptions ice, Secrecy secrecy, boolean traced) {

    /// Which way a phone reaches others, and is reached.
    ///
    /// @param proxy     what every request goes to first, as `host:port` in a SIP URI
    /// @param transport for what it sends; it takes in UDP and TCP
    /// @param local     its own address; without one the nearest to the proxy
    /// @param port      for SIP; 0 for any
    /// @param outbound  whether it is called by the flows that it opens, to these proxies; they
    ///                  are addresses as `proxy` is, the first of which is the proxy
    /// @param outside   how it is known outside
    public record Trunk(Optional<SipUri> proxy, Transport transport, Optional<InetAddress> local,
            int port, Optional<Outbound> outbound, Outside outside) {}

    /// How a phone is known outside, where neither its host nor its proxy can tell.
    ///
    /// @param address what Contact and SDP name in place of its own: that of a router which lets
    ///                in what comes for it
    /// @param strict  whether the proxy is a strict router, of RFC 2543: it gets the Request-URI
    /// @param instance its name among all phones of its user; with one it has a GRUU, where its
    ///                registrar gives one
    public record Outside(Optional<InetAddress> address, boolean strict,
            Optional<Instance> instance) {
        public static final Outside USUAL = new Outside(Optional.empty(), false, Optional.empty());

        Outside named(Instance name) { return new Outside(address, strict, Optional.of(name)); }
    }

    /// What a phone says in its calls, and how.
    ///
    /// @param formats what it speaks, the preferred first
    /// @param record  whether it keeps what it says and hears
    public record Speech(Source source, Formats formats, boolean record) {}

    /// What a phone does by itself.
    ///
    /// @param calls   how many calls at once; one more is refused as busy
    /// @param answers whether it takes what comes in
    /// @param follows whether it calls whom its peers ask it to call, without asking
    /// @param meets   whether it takes part in conferences of them
    /// @param joins   whether it lets into its calls whom their peers send, without asking
    public record Manners(int calls, boolean answers, boolean follows, boolean meets,
            boolean joins) {}

    /// How a user proves to be one, to whoever asks.
    public record Login(String user, String password) implements Accounts {
        @Override public Optional<Accounts.Login> in(String realm) {
            return Optional.of(new Accounts.Login(user, new Secret.Password(password)));
        }

        @Override public String toString() { return "Login[" + user + "]"; }
    }

    /// A phone that sends by UDP straight to whom it calls, from any port, and answers when called
    /// by a tone.
    public static PhoneSetup of(String aor) { return of(Address.parse(aor)); }

    public static PhoneSetup of(Address identity) {
        return new PhoneSetup(identity, new Trunk(Optional.empty(), Transport.UDP,
                Optional.empty(), 0, Optional.empty(), Outside.USUAL), Optional.empty(),
                new Speech(Source.Tone.A, Formats.USUAL, false),
                new Manners(Phone.MAX_CALLS, true, false, false, false), IceOptions.OFF,
                Secrecy.TAKEN, true);
    }

    /// The same, which shows its identity to this proxy.
    public static PhoneSetup of(String aor, InetSocketAddress proxy) {
        return of(aor).through(SipUri.of("", proxy));
    }

    /// A phone that is called where its address says, by an IP address and a port.
    public static PhoneSetup at(String aor) {
        var setup = of(aor);
        var uri = (SipUri) setup.identity.uri();
        var found = setup.port(uri.portOrDefault());
        return HostName.literal(uri.host()).map(found::local).orElse(found);
    }

    // Its way

    public PhoneSetup with(Trunk other) {
        return new PhoneSetup(identity, other, login, speech, manners, ice, secrecy, traced);
    }

    /// What every request goes to first.
    public PhoneSetup through(SipUri proxy) {
        return with(new Trunk(Optional.of(proxy), trunk.transport, trunk.local, trunk.port,
                trunk.outbound, trunk.outside));
    }

    public PhoneSetup by(Transport transport) {
        return with(new Trunk(trunk.proxy, transport, trunk.local, trunk.port, trunk.outbound,
                trunk.outside));
    }

    public PhoneSetup local(InetAddress address) {
        return with(new Trunk(trunk.proxy, trunk.transport, Optional.of(address), trunk.port,
                trunk.outbound, trunk.outside));
    }

    public PhoneSetup port(int port) {
        return with(new Trunk(trunk.proxy, trunk.transport, trunk.local, port, trunk.outbound,
                trunk.outside));
    }

    /// A phone that is called by its own flows.
    public PhoneSetup withOutbound(Outbound flows) {
        return with(new Trunk(Optional.of((SipUri) flows.proxies().getFirst().uri()),
                trunk.transport, trunk.local, trunk.port, Optional.of(flows),
                trunk.outside.named(flows.instance())));
    }

    /// A phone that is known outside as this.
    public PhoneSetup with(Outside outside) {
        return with(new Trunk(trunk.proxy, trunk.transport, trunk.local, trunk.port,
                trunk.outbound, outside));
    }

    /// A phone that has a GRUU, where its registrar gives one.
    public PhoneSetup withInstance(Instance instance) {
        return with(trunk.outside.named(instance));
    }

    public PhoneSetup withLogin(String user, String password) {
        return withLogin(new Login(user, password));
    }

    /// A phone whose user has another name and password for each realm.
    public PhoneSetup withLogin(Accounts accounts) {
        return new PhoneSetup(identity, trunk, Optional.of(accounts), speech, manners, ice,
                secrecy, traced);
    }

    public PhoneSetup withIce(IceOptions options) {
        return new PhoneSetup(identity, trunk, login, speech, manners, options, secrecy, traced);
    }

    public PhoneSetup withSecrecy(Secrecy wished) {
        return new PhoneSetup(identity, trunk, login, speech, manners, ice, wished, traced);
    }

    // Its sound

    public PhoneSetup with(Speech other) {
        return new PhoneSetup(identity, trunk, login, other, manners, ice, secrecy, traced);
    }

    public PhoneSetup playing(Source source) {
        return with(new Speech(source, speech.formats, speech.record));
    }

    public PhoneSetup speaking(Formats formats) {
        return with(new Speech(speech.source, formats, speech.record));
    }

    /// A phone that sends nothing while nobody speaks, but what that sounds like.
    public PhoneSetup thrifty() { return speaking(speech.formats.quietly()); }

    /// A phone that tells what it has said and heard.
    public PhoneSetup recording() {
        return with(new Speech(speech.source, speech.formats, true));
    }

    // Its manners

    public PhoneSetup with(Manners other) {
        return new PhoneSetup(identity, trunk, login, speech, other, ice, secrecy, traced);
    }

    public PhoneSetup calls(int atOnce) {
        return with(new Manners(atOnce, manners.answers, manners.follows, manners.meets,
                manners.joins));
    }

    /// A phone that rings until its program takes the call.
    public PhoneSetup ringing() { return answering(false); }

    /// @param itself whether it takes calls by itself
    public PhoneSetup answering(boolean itself) {
        return with(new Manners(manners.calls, itself, manners.follows, manners.meets,
                manners.joins));
    }

    /// A phone that is transferred without asking.
    public PhoneSetup following() {
        return with(new Manners(manners.calls, manners.answers, true, manners.meets,
                manners.joins));
    }

    /// A phone that meets others in conferences.
    public PhoneSetup meeting() {
        return with(new Manners(manners.calls, manners.answers, manners.follows, true,
                manners.joins));
    }

    /// A phone that lets others into its calls without asking.
    public PhoneSetup joining() {
        return with(new Manners(manners.calls, manners.answers, manners.follows, manners.meets,
                true));
    }

    /// A phone of which nothing is noted.
    public PhoneSetup untraced() {
        return new PhoneSetup(identity, trunk, login, speech, manners, ice, secrecy, false);
    }
}
