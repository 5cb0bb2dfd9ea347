package p2psip.app.portmap;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc6886.Request;
import p2psip.std.rfc6887.MapRequest;
import p2psip.std.rfc6887.Response;

/// The inside of a simulated router: it does what it is asked, in the languages that it knows, with
/// the faults that it is given.
public final class HomeRouter implements Machine<Event, Effect> {
    public static final String INSIDE = "192.168.1.1";
    static final int HTTP = 5000;
    private static final Id PCP = new Id(Id.Part.PROGRAM, 0, 1), SSDP = PCP.with(2),
            WEB = PCP.with(3);
    private static final String SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1";

    /// What it speaks.
    public enum Language { PCP, NAT_PMP, UPNP }

    private final NatBox box;
    private final Set<Language> speaks;
    private final InetAddress outside;
    private final InetSocketAddress socket =
            new InetSocketAddress(InetAddress.ofLiteral(INSIDE), 5351);
    /// The outside ports that are mapped.
    final SortedMap<Integer, InetSocketAddress> mapped = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    private final Map<Id, String> streams = new HashMap<>();
    /// Requests that are lost, what is refused by, how far outside ports are from those wanted.
    int loses, refuses, shift;
    long lifetime = 7200;
    Optional<String> location = Optional.empty();
    private Instant since = Instant.EPOCH;
    private boolean begun;

    private HomeRouter(NatBox box, String outside, Set<Language> speaks) {
        this.box = box;
        this.outside = InetAddress.ofLiteral(outside);
        this.speaks = speaks;
    }

    /// The router of a home, by which its hosts leave.
    public static HomeRouter in(NatBox box, String outside, Language... speaks) {
        var router = new HomeRouter(box, outside, Set.of(speaks));
        box.inside(INSIDE);
        box.host(INSIDE).start("router", _ -> router);
        return router;
    }

    /// The outside ports that are mapped now.
    public Set<Integer> mapped() { return mapped.keySet(); }

    /// Whether it answers nobody.
    public void hush(boolean now) { loses = now ? Integer.MAX_VALUE : 0; }

    /// As after a loss of power.
    void restart(Instant now) {
        mapped.keySet().forEach(port -> box.forget(new InetSocketAddress(outside, port)));
        mapped.clear();
        since = now;
        box.restart();
    }

    @Override public Instant deadline() { return begun ? Instant.MAX : Instant.MIN; }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return List.of();
        begun = true;
        since = now.minusSeconds(1000);
        return List.of(new Effect.Bind(PCP, socket), new Effect.JoinGroup(SSDP, Ssdp.GROUP),
                new Effect.Listen(WEB, new Way.Tcp(), new InetSocketAddress(
                socket.getAddress(), HTTP)));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Datagram(var id, _, var from, var bytes) when id.equals(PCP) ->
                    loses-- > 0 ? List.of() : asked(from, bytes, now);
            case Event.Datagram(_, _, var from, _) when speaks.contains(Language.UPNP) ->
                    List.of(new Effect.Datagram(socket, from, Bytes.utf8("HTTP/1.1 200 OK\r\nST:"
                            + " urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nLOCATION: "
                            + location.orElse("http://" + INSIDE + ":" + HTTP + "/root.xml")
                            + "\r\n\r\n")));
            case Event.Received(var id, var bytes) -> {
                var text = streams.merge(id, bytes.utf8(), String::concat);
                yield text.startsWith("GET") ? reply(id, 200, description())
                        : text.endsWith("</s:Envelope>\n") ? soap(id, text) : List.of();
            }
            default -> List.of();
        };
    }

    private List<Effect> asked(InetSocketAddress from, Bytes bytes, Instant now) {
        if (bytes.at(0) == 2 && !speaks.contains(Language.PCP))
            return speaks.contains(Language.NAT_PMP) ? say(from, Bytes.hex("0081000100000001"))
                    : List.of();
        if (!speaks.contains(bytes.at(0) == 2 ? Language.PCP : Language.NAT_PMP)) return List.of();
        return say(from, bytes.at(0) == 2 ? pcp(from, MapRequest.parse(bytes), now)
                : natPmp(from, Request.parse(bytes), now));
    }

    private List<Effect> say(InetSocketAddress to, Bytes bytes) {
        return List.of(new Effect.Datagram(socket, to, bytes));
    }

    long epoch(Instant now) { return Duration.between(since, now).toSeconds(); }

    private Bytes pcp(InetSocketAddress from, MapRequest ask, Instant now) {
        asked.add("PCP " + ask.internalPort() + " for " + ask.lifetime());
        int port = map(new InetSocketAddress(from.getAddress(), ask.internalPort()),
                ask.lifetime());
        return new Response(2, Response.MAP, refuses, refuses == 0
                ? Math.min(ask.lifetime(), lifetime) : 60, epoch(now),
                Optional.of(new Response.Mapped(ask.nonce(), ask.protocol(), ask.internalPort(),
                        new InetSocketAddress(outside, port)))).encode();
    }

    private Bytes natPmp(InetSocketAddress from, Request ask, Instant now) {
        asked.add("NAT-PMP " + ask);
        return switch (ask) {
            case Request.Address _ -> new p2psip.std.rfc6886.Response(0, refuses, epoch(now),
                    Optional.of(new p2psip.std.rfc6886.Response.Said.Address(outside))).encode();
            case Request.Map(int internal, _, long span) ->
                    new p2psip.std.rfc6886.Response(1, refuses, epoch(now), Optional.of(
                            new p2psip.std.rfc6886.Response.Said.Mapping(internal,
                            map(new InetSocketAddress(from.getAddress(), internal), span),
                            Math.min(span, lifetime)))).encode();
        };
    }

    private int map(InetSocketAddress inside, long span) {
        int port = inside.getPort() + shift;
        if (refuses == 0 && span == 0) {
            mapped.remove(port);
            box.forget(new InetSocketAddress(outside, port));
        } else if (refuses == 0) {
            mapped.put(port, inside);
            box.forward(new InetSocketAddress(outside, port), inside);
        }
        return port;
    }

    private static String description() {
        return "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>"
                + "<deviceType>x</deviceType><serviceList><service><serviceType>" + SERVICE
                + "</serviceType><controlURL>/ctl/IPConn</controlURL></service></serviceList>"
                + "</device></root>";
    }

    private List<Effect> soap(Id id, String text) {
        var action = text.replaceAll("(?s).*SOAPAction: \"" + SERVICE + "#(\\w+)\".*", "$1");
        asked.add("UPnP " + action);
        if (refuses != 0) return reply(id, 500, "<e><errorCode>" + refuses + "</errorCode></e>");
        if (action.equals("GetExternalIPAddress")) return reply(id, 200,
                "<r><NewExternalIPAddress>" + outside.getHostAddress()
                        + "</NewExternalIPAddress></r>");
        int port = Integer.parseInt(value(text, "NewExternalPort"));
        if (mapped.containsKey(port) && shift > 0 && action.startsWith("Add"))
            return reply(id, 500, "<e><errorCode>718</errorCode></e>");
        if (action.startsWith("Delete")) {
            mapped.remove(port);
            box.forget(new InetSocketAddress(outside, port));
        } else {
            var inside = new InetSocketAddress(InetAddress.ofLiteral(
                    value(text, "NewInternalClient")),
                    Integer.parseInt(value(text, "NewInternalPort")));
            mapped.put(port, inside);
            box.forward(new InetSocketAddress(outside, port), inside);
        }
        return reply(id, 200, "<r/>");
    }

    private static String value(String text, String name) {
        return text.replaceAll("(?s).*<" + name + ">([^<]*)<.*", "$1");
    }

    private static List<Effect> reply(Id id, int status, String body) {
        return List.of(new Effect.Write(id, Bytes.utf8("HTTP/1.1 " + status
                + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)),
                new Effect.Close(id));
    }
}
