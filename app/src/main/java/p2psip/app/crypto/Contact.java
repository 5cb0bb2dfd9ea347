package p2psip.app.crypto;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import p2psip.std.Bytes;

/// The value of a contact record: which node serves an address of record, and where that node's
/// SIP is reached. The phone's own address stays with its node.
///
/// @param node      the serving node's public key (32 bytes)
/// @param addresses where the node's SIP is, at most [#MAX_ADDRESSES]
public record Contact(Bytes node, List<Address> addresses) implements SignedRecord.Value {

    /// Addresses per contact.
    public static final int MAX_ADDRESSES = 8;

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
        if (node.size() != Keys.PUBLIC) throw new SyntaxException("node key is not 32 bytes");
        if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES)
            throw new SyntaxException("contact has no or too many addresses");
    }

    static Contact parse(JsonObject json) {
        var addresses = new ArrayList<Address>();
        for (var element : Json.array(json, "addresses")) {
            if (!(element instanceof JsonObject address))
                throw new SyntaxException("not an address");
            addresses.add(new Address(Json.string(address, "uri"), address.has("q")
                    ? (int) Math.min(Json.integer(address, "q"), Integer.MAX_VALUE) : 1000));
        }
        return new Contact(Jws.bytes(Json.string(json, "node")), addresses);
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
        return json;
    }
}
