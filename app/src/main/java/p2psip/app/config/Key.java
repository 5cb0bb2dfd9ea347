package p2psip.app.config;

import module java.base;
import p2psip.app.lookup.*;
import p2psip.app.media.MediaProxy;
import p2psip.app.node.LookupChoice;
import p2psip.app.p2p.*;
import p2psip.app.trace.Trace;
import p2psip.std.Net;
import p2psip.std.rfc2617.Algorithm;
import p2psip.std.rfc3261.Transport;

/// Something that can be chosen about a node.
///
/// @param <T>    what its value is for the program
/// @param name   as the file and the command line have it: `sip-port`
/// @param option that chooses it for one run: `-p`
/// @param usual  its value if nothing is said
/// @param when   a change counts
/// @param about  what it is for, in a line
public record Key<T>(String name, String option, Kind<T> kind, String usual, When when,
        String about) {

    /// When a node that runs does what has been changed.
    public enum When {
        NOW, RESTART;

        @Override public String toString() {
            return switch (this) {
                case NOW -> "now";
                case RESTART -> "after a restart";
            };
        }
    }

    public static final Key<Boolean> SUPER_NODE = new Key<>("super-node", "-s", Kind.BOOL, "no",
            When.RESTART, "be a super-node: keep records for others");
    public static final Key<Optional<Integer>> SIP_PORT = new Key<>("sip-port", "-p", Kind.PORT,
            "auto", When.RESTART, "where phones find it; auto: 5062, or another if that is taken");
    public static final Key<List<Transport>> TRANSPORT = new Key<>("transport", "-t",
            Kind.TRANSPORTS, "udp,tcp", When.RESTART, "by what phones speak with it");
    public static final Key<List<String>> WS_ORIGIN = new Key<>("ws-origin", "--ws-origin",
            Kind.ORIGINS, "", When.RESTART, "pages from there may be telephones");
    public static final Key<Optional<String>> CERT = new Key<>("cert", "--cert", Kind.FILE, "",
            When.RESTART, "the certificate that is shown by TLS (PEM)");
    public static final Key<Optional<String>> CERT_KEY = new Key<>("key", "--key", Kind.FILE, "",
            When.RESTART, "its private key (PEM)");
    public static final Key<Optional<String>> CA = new Key<>("ca", "--ca", Kind.FILE, "",
            When.RESTART, "who is believed when he signs others' certificates (PEM)");
    public static final Key<Optional<Integer>> OVERLAY_PORT = new Key<>("overlay-port", "-P",
            Kind.PORT, "auto", When.RESTART,
            "where other nodes find it; auto: 5063, or another if that is taken");
    public static final Key<List<Place>> BOOTSTRAP = new Key<>("bootstrap", "-S", Kind.PLACES, "",
            When.RESTART, "super-nodes to begin with; without one they are found by multicast");
    public static final Key<List<Place>> STUN = new Key<>("stun", "--stun", Kind.PLACES, "",
            When.RESTART, "STUN servers that tell from where they see this node");
    public static final Key<Optional<Invitation>> INVITATION = new Key<>("invitation", "--join",
            Kind.INVITATION, "", When.NOW,
            "by whom it was invited: these super-nodes are asked first, and no impostor");
    public static final Key<List<LookupChoice>> LOOKUP = new Key<>("lookup", "--lookup",
            Kind.LOOKUPS, "dht", When.RESTART, "how others are found: on the ring, by asking the"
            + " local network, by OpenDHT, or by several of these");
    public static final Key<URI> OPENDHT = new Key<>("opendht", "--opendht", Kind.WEB,
            "" + OpenDhtLookup.HERE, When.RESTART, "the node of OpenDHT that is asked, if --lookup"
            + " says so: dhtnode --proxyserver");
    public static final Key<List<InetAddress>> HOST = new Key<>("host", "--host", Kind.ADDRESSES,
            "", When.RESTART, "use only these addresses of this machine; without one all");
    public static final Key<Pins.Policy> POLICY = new Key<>("policy", "--policy", Kind.POLICY,
            "tofu", When.NOW, "which key to believe when several claim one address");
    public static final Key<Optional<Boolean>> MAP_PORT = new Key<>("map-port", "--map-port",
            Kind.BOOL_OR_AUTO, "auto", When.RESTART, "ask the router to let others in; auto: where"
            + " all addresses of this machine are private");
    public static final Key<Optional<InetSocketAddress>> DNS = new Key<>("dns", "--dns",
            Kind.NAME_SERVER, "system", When.RESTART, "the name server that is asked");
    public static final Key<Boolean> OPEN = new Key<>("open", "--open", Kind.BOOL, "no",
            When.RESTART, "let every phone of the network register without a password");
    public static final Key<List<Net>> ALLOW_PLAIN = new Key<>("allow-plain", "--allow-plain",
            Kind.NETS, "", When.RESTART, "from where calls may come that no node's session seals");
    public static final Key<MediaProxy.Mode> MEDIA = new Key<>("media", "--media", Kind.MEDIA,
            "needed", When.RESTART, "whose sound goes through the nodes of a call");
    public static final Key<Boolean> REDIRECT = new Key<>("redirect", "--redirect", Kind.BOOL,
            "no", When.RESTART, "tell phones where their callees are, for them to call there");
    public static final Key<Optional<String>> USERS = new Key<>("users", "--users", Kind.FILE, "",
            When.RESTART, "who may register, and by which password");
    public static final Key<List<Algorithm>> ALGORITHMS = new Key<>("algorithms", "--algorithms",
            Kind.ALGORITHMS, "", When.RESTART, "digest algorithms, the preferred first");
    public static final Key<Optional<Duration>> STATS = new Key<>("stats", "--stats", Kind.EVERY,
            "off", When.NOW, "how often the sizes of the tables are printed");
    public static final Key<List<Trace.Subject>> TRACE = new Key<>("trace", "-d", Kind.SUBJECTS,
            "", When.RESTART, "show messages and states of these");
    public static final Key<Optional<Integer>> CONTROL = new Key<>("control", "--control",
            Kind.PORT_OR_OFF, "9080", When.RESTART,
            "the port of 127.0.0.1 where the running node can be asked, or another if taken");

    public static final Key<Optional<Integer>> PAGE = new Key<>("page", "--page",
            Kind.PORT_OR_OFF, "off", When.RESTART,
            "the port of a page that is a telephone, or another if taken");

    /// In the order in which they are listed.
    public static final List<Key<?>> ALL = List.of(SUPER_NODE, SIP_PORT, TRANSPORT,
            WS_ORIGIN, CERT, CERT_KEY, CA, OVERLAY_PORT, BOOTSTRAP, INVITATION, STUN, LOOKUP,
            OPENDHT, HOST, MAP_PORT, DNS, POLICY, OPEN, ALLOW_PLAIN, MEDIA, REDIRECT, USERS,
            ALGORITHMS, STATS, TRACE, CONTROL, PAGE);

    /// The key of that name.
    ///
    /// @throws ConfigMistake if there is none
    public static Key<?> named(String name) {
        return ALL.stream().filter(key -> key.name.equals(name)).findFirst().orElseThrow(() ->
                new ConfigMistake(name + " is no key: see p2psip config list"));
    }

    /// What a value means.
    ///
    /// @throws ConfigMistake with what is wrong and what to write, behind where it stands
    T read(String where, String text) {
        try {
            if (text.codePoints().anyMatch(Character::isISOControl) || !text.strip().equals(text))
                throw new ConfigMistake("is to be one line, without blanks around");
            return kind.read().apply(text);
        } catch (ConfigMistake e) {
            var value = text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                    .limit(100).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                    StringBuilder::append);
            throw new ConfigMistake(where + " " + value
                    + (e.getMessage().startsWith(":") ? "" : " ") + e.getMessage());
        }
    }

    /// Throws what [#read] throws.
    void check(String text) { read(name, text); }
}
