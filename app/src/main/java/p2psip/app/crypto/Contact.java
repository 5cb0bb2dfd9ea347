package p2psip.app.crypto;

import module java.base;
import com.google.gson.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;

/// The value of a contact record: which node serves an address of record, and where that node's
/// SIP is reached. The phone's own address stays with its node.
///
/// @param node      the serving node's public key (32 bytes)
/// @param addresses where the node's SIP is, at most [#MAX_ADDRESSES]
/// @param overlay   where the node is found in the overlay, if it is in it
/// @param relays    who hands on to it there, at most [#MAX_RELAYS]; none if it can be sent to
public record Contact(Bytes node, List<Address> addresses, Optional<InetSocketAddress> overlay,
        List<Peer> relays) implements SignedRecord.Value {

    /// Addresses per contact.
    public static final int MAX_ADDRESSES = 8;

    /// Relays per contact.
    public static final int MAX_RELAYS = 3;

    /// Characters of one address.
    public static final int MAX_URI = 256;

    static final String KIND = "contact";

    /// @param uri a SIP URI with the transport: `sip:192.0.2.4:5062;transport=udp`
    /// @param q   preference in thousandths, 0 to 1000; 1000 where nobody cared
    public record Address(String uri, int q) {
        public Address {
            if (uri.isEmpty() || uri.length() > MAX_URI || q < 0 || q > 1000)
                throw new SyntaxException("contact address too long or q out of range");
        }

        public Address(String uri) { this(uri, 1000); }
    }

    public Contact {
        addresses = List.copyOf(addresses);
        relays = List.copyOf(relays);
        if (relays.size() > MAX_RELAYS) throw new SyntaxException("contact has too many relays");
        if (node.size() != Keys.PUBLIC) throw new SyntaxException("node key is not 32 bytes");
        if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES)
            throw new SyntaxException("contact has no or too many addresses");
    }

    /// Of a node that is not in the overlay.
    public Contact(Bytes node, List<Address> addresses) {
        this(node, addresses, Optional.empty());
    }

    /// Of a node to which others can send.
    public Contact(Bytes node, List<Address> addresses, Optional<InetSocketAddress> overlay) {
        this(node, addresses, overlay, List.of());
    }

    /// The node, as the overlay knows it.
    public Optional<Peer> peer() { return overlay.map(at -> new Peer(NodeId.of(node), at)); }

    static Contact parse(JsonObject json) {
        var addresses = new ArrayList<Address>();
        for (var element : Json.array(json, "addresses")) {
            if (!(element instanceof JsonObject address))
                throw new SyntaxException("not an address");
            addresses.add(new Address(Json.string(address, "uri"), address.has("q")
                    ? (int) Math.min(Json.integer(address, "q"), Integer.MAX_VALUE) : 1000));
        }
        var relays = new ArrayList<Peer>();
        if (json.has("relays"))
            for (var element : Json.array(json, "relays")) relays.add(relay(element));
        return new Contact(Jws.bytes(Json.string(json, "node")), addresses, json.has("overlay")
                ? Optional.of(place(Json.string(json, "overlay"))) : Optional.empty(), relays);
    }

    private static Peer relay(JsonElement element) {
        if (!(element instanceof JsonPrimitive text) || !text.isString())
            throw new SyntaxException("not a relay");
        var parts = text.getAsString().split("@", 2);
        if (parts.length < 2) throw new SyntaxException("a relay is id@address:port");
        return new Peer(NodeId.parse(parts[0]), place(parts[1]));
    }

    private static InetSocketAddress place(String text) {
        try {
            var at = HostName.at(text, 0);
            if (at.end() == text.length()) return new InetSocketAddress(
                    HostName.literal(at.name()).orElseThrow(), at.port().orElseThrow());
        } catch (p2psip.std.SyntaxException | NoSuchElementException e) {
            // said below
        }
        throw new SyntaxException("no address and port");
    }

    @Override public String kind() { return KIND; }

    @Override public JsonObject json() {
        var array = new JsonArray();
        for (var address : addresses) {
            var json = new JsonObject();
            json.addProperty("uri", address.uri());
            if (address.q() != 1000) json.addProperty("q", address.q());
            array.add(json);
        }
        var json = new JsonObject();
        json.addProperty("node", Jws.base64url(node));
        json.add("addresses", array);
        overlay.ifPresent(at -> json.addProperty("overlay", HostName.text(at)));
        if (relays.isEmpty()) return json;
        var others = new JsonArray();
        for (var relay : relays) others.add(relay.toString());
        json.add("relays", others);
        return json;
    }
}
