package p2psip.app.portmap;

import module java.base;
import p2psip.std.Bytes;

/// The service of a router that maps ports, and what is said to it: SOAP.
///
/// @param type as the router names it
/// @param at   where it is spoken to
record Wan(String type, Ssdp.Location at) {
    /// The error that says: another has this port; and: mappings here last for ever.
    static final int CONFLICT = 718, FOR_EVER_ONLY = 725;

    private static final List<String> TYPES = List.of(
            "urn:schemas-upnp-org:service:WANIPConnection:2",
            "urn:schemas-upnp-org:service:WANIPConnection:1",
            "urn:schemas-upnp-org:service:WANPPPConnection:1");

    /// What the router has answered.
    sealed interface Answer {
        /// @param values by their names
        record Done(Map<String, String> values) implements Answer {}
        record Refused(int code) implements Answer {}
    }

    /// The service in a description, the newest kind first.
    ///
    /// @throws SyntaxException if it is no XML, or too much of it
    static Optional<Wan> of(String description, Ssdp.Location from) {
        var leaves = Xml.leaves(description);
        for (var type : TYPES) for (var leaf : leaves)
            if (leaf.name().equals("serviceType") && leaf.text().equals(type)) {
                var control = leaves.stream().filter(other -> other.parent() == leaf.parent()
                        && other.name().equals("controlURL")).findFirst()
                        .flatMap(url -> resolved(url.text(), from));
                if (control.isPresent()) return Optional.of(new Wan(type, control.get()));
            }
        return Optional.empty();
    }

    private static Optional<Ssdp.Location> resolved(String url, Ssdp.Location from) {
        if (url.startsWith("http:")) return Ssdp.location(url, from.at().getAddress());
        if (url.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) return Optional.empty();
        var path = url.startsWith("/") ? url
                : from.path().substring(0, from.path().lastIndexOf('/') + 1) + url;
        return Http.isPath(path) ? Optional.of(new Ssdp.Location(from.at(), path))
                : Optional.empty();
    }

    Bytes askAddress() { return ask("GetExternalIPAddress", ""); }

    /// @param lease how long it is to last; for ever if that is zero
    Bytes add(int outside, InetAddress self, int port, Duration lease) {
        return ask("AddPortMapping", element("NewRemoteHost", "")
                + element("NewExternalPort", outside) + element("NewProtocol", "UDP")
                + element("NewInternalPort", port)
                + element("NewInternalClient", self.getHostAddress())
                + element("NewEnabled", 1) + element("NewPortMappingDescription", "p2psip")
                + element("NewLeaseDuration", lease.toSeconds()));
    }

    Bytes delete(int outside) {
        return ask("DeletePortMapping", element("NewRemoteHost", "")
                + element("NewExternalPort", outside) + element("NewProtocol", "UDP"));
    }

    private Bytes ask(String action, String arguments) {
        return Http.post(at.at(), at.path(), type + "#" + action, "<?xml version=\"1.0\"?>\n"
                + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:"
                + action + " xmlns:u=\"" + type + "\">" + arguments + "</u:" + action
                + "></s:Body></s:Envelope>\n");
    }

    private static String element(String name, Object text) {
        return "<" + name + ">" + text + "</" + name + ">";
    }

    /// @throws SyntaxException if it is no answer of SOAP
    static Answer answer(Http.Reply reply) {
        var values = new TreeMap<String, String>();
        Xml.leaves(reply.body()).forEach(leaf -> values.putIfAbsent(leaf.name(), leaf.text()));
        if (reply.status() == 200) return new Answer.Done(values);
        var code = values.getOrDefault("errorCode", "");
        return new Answer.Refused(code.matches("\\d{3}") ? Integer.parseInt(code)
                : reply.status());
    }
}
