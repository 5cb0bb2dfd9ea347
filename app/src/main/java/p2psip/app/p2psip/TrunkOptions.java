package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.RealHost;
import p2psip.app.voip.PhoneSetup;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.Accounts;
import p2psip.std.rfc2617.Secret;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc5626.*;
import picocli.CommandLine.*;

/// The options of a phone about who it is, which way it reaches others, and how it is reached.
final class TrunkOptions {
    private static final Pattern LOGIN = Pattern.compile("([^=]+)=([^:]+):(.+)");

    @Option(names = "--proxy", paramLabel = "HOST:PORT|URI",
            description = "Where every request goes first (default: straight to the callee):"
            + " example.com, 192.0.2.1:5060, sips:example.com, sip:example.com;transport=ws."
            + " With --outbound it may be given up to four times.")
    List<String> proxies = List.of();

    @Option(names = "--outbound", paramLabel = "FILE", description = "Be called by the flows that"
            + " we open ourselves, one to each --proxy, however we are hidden (RFC 5626). The file"
            + " has the name of this telephone among those of its user; it is made if there is"
            + " none, and is to be kept.")
    Path outbound;

    @Option(names = "--aor", paramLabel = "URI", description = "Who we are: sip:alice@example.com"
            + " (default, where you type: your name on this machine, at its address).")
    String aor;

    @Option(names = "--instance", paramLabel = "FILE", description = "Have a URI of our own (a"
            + " GRUU) that leads to this phone alone, where the registrar gives one. The file keeps"
            + " the name of this phone; one that is not there is made. --outbound does so too.")
    Path instance;

    @Option(names = "--user", paramLabel = "NAME",
            description = "Name for the password (default: that of --aor).")
    String user;

    @Option(names = "--password", paramLabel = "WORD",
            description = "Password, for servers that ask for one.")
    String password;

    @Option(names = "--login", paramLabel = "REALM=NAME:WORD", description = "Another name and"
            + " password, for servers that ask as this realm. May be given several times.")
    List<String> logins = List.of();

    @Option(names = "--transport", paramLabel = "udp|tcp|tls|ws|wss", description = "What we send"
            + " SIP by (default: as --proxy says, else udp). By tls and wss the certificate of the"
            + " proxy has to be for the name that --proxy gives.")
    String transport;

    @Option(names = "--local", paramLabel = "HOST[:PORT]",
            description = "Our own address (default: the nearest to the proxy).")
    String local;

    @Option(names = "--ext-ip", paramLabel = "ADDRESS", description = "The address by which others"
            + " reach us, of a router that lets them in: it is named to them in place of our own,"
            + " and no other way is looked for (as by --ice off).")
    String external;

    @Option(names = "--strict-route", description = "The --proxy is a strict router, of RFC 2543:"
            + " it is given its own URI to route by.")
    boolean strict;

    /// @param asked whether who we are has to be said
    /// @param free  a port that nobody has, at an address
    /// @throws UserMistake if it has to be, and is not
    void mustBeSomebody(boolean asked, ToIntFunction<InetAddress> free) {
        if (aor == null && asked)
            throw new UserMistake("--aor is missing: say who we are, as sip:alice@example.com");
        if (aor == null) beSomebody(free);
    }

    /// Whether others are told an address that is not our own.
    boolean named() { return external != null; }

    /// Whether somebody is there to register with.
    boolean proxied() { return !proxies.isEmpty(); }

    /// A phone as it is wished.
    ///
    /// @param peers  whom it is about to reach, if that is said
    /// @param random secure, for names that stay
    /// @throws UserMistake if something is missing, or does not fit the rest
    PhoneSetup setup(Stream<String> peers, RandomGenerator random) {
        var setup = PhoneSetup.of(identity());
        if (password == null && user != null)
            throw new UserMistake("--user without --password: give both");
        var name = user != null ? user : ((SipUri) setup.identity().uri()).user();
        var at = local == null ? Optional.<HostName>empty()
                : Optional.of(Addresses.host("--local", local));
        var address = at.map(h -> Addresses.literal("--local", h.name()))
                .or(() -> peers.flatMap(peer -> loopback(peer).stream()).findFirst());
        var hops = proxies.stream().map(TrunkOptions::hop).toList();
        if (instance != null && outbound != null) throw new UserMistake(
                "--instance and --outbound both name the file of this phone: give one");
        if (hops.size() > 1 && outbound == null)
            throw new UserMistake("--proxy is there twice: only --outbound makes use of that");
        var flows = Optional.ofNullable(outbound).map(file ->
                outbound(file, hops, random));
        var found = setup.with(new PhoneSetup.Trunk(hops.stream().findFirst(), transport(hops),
                address, at.map(h -> h.port().orElse(0)).orElse(0), flows,
                outside(flows.map(Outbound::instance), random)));
        return logins(name).map(found::withLogin).orElse(found);
    }

    /// Who says nothing of that has the name that he has on this machine: at the proxy, or where he
    /// can be called without one.
    private void beSomebody(ToIntFunction<InetAddress> free) {
        var name = "sip:" + Escapes.encodeUser(System.getProperty("user.name", "me")) + "@";
        if (!proxies.isEmpty()) {
            aor = name + hop(proxies.getFirst()).host();
            return;
        }
        var own = RealHost.Options.of(Optional.empty()).addresses();
        var at = local == null ? own.stream().filter(each -> !each.isLoopbackAddress()).findFirst()
                .orElse(own.getFirst())
                : Addresses.literal("--local", Addresses.host("--local", local).name());
        int port = local == null ? 0 : Addresses.host("--local", local).port().orElse(0);
        if (port == 0) port = free.applyAsInt(at);
        local = HostName.text(new InetSocketAddress(at, port));
        aor = name + (port == Transport.UDP.defaultPort() ? HostName.text(at) : local);
    }

    static UserMistake notOpened(String why) {
        return new UserMistake(
                "cannot open a port for SIP: " + why + "; choose another with --local");
    }

    /// By which names we are known where.
    private Optional<Accounts> logins(String name) {
        var known = new HashMap<String, Accounts.Login>();
        for (var login : logins) {
            var parts = LOGIN.matcher(login);
            //  it is not shown, for it has a password in it
            if (!parts.matches()) throw new UserMistake("--login needs a realm, a name and a"
                    + " password: give them as example.com=alice:secret");
            known.put(parts.group(1), new Accounts.Login(parts.group(2),
                    new Secret.Password(parts.group(3))));
        }
        return known.isEmpty() && password == null ? Optional.empty()
                : Optional.of(Accounts.of(known, Optional.ofNullable(password).map(word ->
                        new Accounts.Login(name, new Secret.Password(word)))));
    }

    /// How we are known outside.
    ///
    /// @param flows the name by which flows are opened
    private PhoneSetup.Outside outside(Optional<Instance> flows, RandomGenerator random) {
        if (strict && proxies.isEmpty())
            throw new UserMistake("--strict-route is of the proxy: give --proxy");
        return new PhoneSetup.Outside(Optional.ofNullable(external)
                .map(text -> HostName.literal(text).orElseThrow(() -> new UserMistake(
                        "--ext-ip " + text + " is no IP address: give that of the router"))),
                strict, flows.or(() -> Optional.ofNullable(instance)
                        .map(file -> instance("--instance", file, random))));
    }

    /// The name that a file has: one is made that stays.
    static Instance instance(String option, Path file, RandomGenerator random) {
        try {
            //= rfc5626#4.1-2,3 the device keeps it over each start, in every network
            if (Files.notExists(file))
                Files.writeString(file, Instance.random(random).urn() + "\n");
            return new Instance(Files.readString(file).strip());
        } catch (IOException | SyntaxException e) {
            throw new UserMistake(option + " " + file + ": " + e.getMessage()
                    + "; name a file that is not there yet");
        }
    }

    /// The flows to open, under the name that a file has: one is made that stays.
    private static Outbound outbound(
            Path file, List<SipUri> hops, RandomGenerator random) {
        if (hops.isEmpty() || hops.size() > Outbound.LIMIT) throw new UserMistake(
                "--outbound needs --proxy, up to " + Outbound.LIMIT + " times");
        return new Outbound(instance("--outbound", file, random),
                hops.stream().map(Address::of).toList());
    }

    /// Without a proxy, who calls somebody on this machine is best on loopback.
    Optional<InetAddress> loopback(String peer) {
        return !proxies.isEmpty() || peer == null ? Optional.empty()
                : HostName.literal(SipUri.parse(peer).host())
                        .filter(InetAddress::isLoopbackAddress);
    }

    Address identity() {
        try {
            var address = Address.parse(aor);
            if (address.uri() instanceof SipUri uri && !uri.user().isEmpty()) return address;
        } catch (SyntaxException e) {
            throw new UserMistake("--aor " + aor + ": " + e.getMessage()
                    + "; give a URI such as sip:alice@example.com");
        }
        throw new UserMistake("--aor " + aor + ": give a SIP URI with a user and a host");
    }

    /// A callee may be given as a URI, or as a user of our own domain.
    String uri(String option, String text) {
        var own = (SipUri) identity().uri();
        var domain = text.contains("@") ? "" : "@" + own.host()
                + (own.port().isEmpty() ? "" : ":" + own.port().getAsInt());
        var said = (option + " " + text).strip();
        try {
            if (Uri.parse(text.contains(":") ? text : "sip:" + text + domain)
                    instanceof SipUri uri) return uri.toString();
            throw new UserMistake(said + ": only SIP URIs can be called");
        } catch (SyntaxException e) {
            throw new UserMistake(said + ": " + e.getMessage());
        }
    }

    /// What our node says of who calls, behind his name; from elsewhere anybody could say it.
    String mark(Address peer) {
        return proxies.isEmpty() ? "" : Stream.of(" (verified)", " (unverified)")
                .filter(peer.displayName()::endsWith).findFirst().orElse("");
    }

    /// Where the first hop is: a host, or a URI that says by what it is reached.
    private static SipUri hop(String text) {
        if (!text.startsWith("sip:") && !text.startsWith("sips:")) {
            var host = Addresses.host("--proxy", text);
            return SipUri.of("", host.name(), host.port());
        }
        try {
            var uri = SipUri.parse(text);
            if (uri.user().isEmpty()) return uri;
        } catch (SyntaxException e) {
            throw new UserMistake("--proxy " + text + ": " + e.getMessage());
        }
        throw new UserMistake("--proxy " + text + ": a proxy has no user; give a host");
    }

    /// As it is said, or as the URI of the first hop says.
    private Transport transport(List<SipUri> hops) {
        if (transport != null) return Transport.named(transport)
                .filter(Listening.SERVED::contains).orElseThrow(() -> new UserMistake(
                        "--transport " + transport + ": say udp, tcp, tls, ws or wss"));
        var first = hops.stream().findFirst();
        boolean secure = first.filter(SipUri::secure).isPresent();
        var named = first.flatMap(uri -> uri.params().get("transport"));
        var by = named.map(name -> Transport.named(name).filter(Listening.SERVED::contains)
                        .orElseThrow(() -> new UserMistake("--proxy " + first.get()
                                + ": say udp, tcp, tls or ws")))
                .orElse(secure ? Transport.TCP : Transport.UDP);
        return !secure ? by : by.secured().orElseThrow(() -> new UserMistake(
                "--proxy " + first.get() + ": nothing is secure by udp"));
    }
}
