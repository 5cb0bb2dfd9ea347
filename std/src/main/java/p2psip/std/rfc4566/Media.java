package p2psip.std.rfc4566;

import module java.base;

/// A media description: an `m=` line and what follows it.
///
/// @param type `audio`, `video`, `text`, `application`, `message` ...
/// @param port 0 in an answer that rejects the stream
/// @param ports how many pairs of ports, usually 1
/// @param proto `RTP/AVP` ...
/// @param formats payload type numbers, for RTP; the preferred first
/// @param information the `i=` line, empty if there is none
/// @param key the value of the `k=` line, empty if there is none: a secret
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.14 RFC 4566 §5.14
public record Media(String type, int port, int ports, String proto, List<String> formats,
        String information, List<Connection> connections, List<Bandwidth> bandwidths, String key,
        List<Attribute> attributes) implements Attribute.Holder {

    public Media {
        Fields.words(List.of(type, proto));
        formats = Fields.words(formats);
        if (formats.isEmpty()) throw new SyntaxException("a medium without a format");
        if (port < 0 || port > 65535 || ports < 1 || ports > 65535)
            throw new SyntaxException("port " + port + "/" + ports);
        Fields.text(information);
        Fields.text(key);
        //= rfc4566#5.7-10 a media may have multiple addresses
        connections = List.copyOf(connections);
        bandwidths = List.copyOf(bandwidths);
        attributes = List.copyOf(attributes);
    }

    /// A medium of only an `m=` line and attributes.
    public static Media of(
            String type, int port, String proto, List<String> formats, List<Attribute> attributes) {
        //= rfc4566#5.12-2,4,5 this method of the key field, not recommended, is not used
        //= rfc4566#5.12-6,7 no key field is used: the channel may not be secure
        //= rfc4566#7-7,8 so SDP conveys no key material: no k= line is made
        return new Media(type, port, 1, proto, formats, "", List.of(), List.of(), "", attributes);
    }

    public Media withPort(int port) {
        return new Media(type, port, ports, proto, formats, information, connections, bandwidths,
                key, attributes);
    }

    /// What the payload type numbers stand for, as far as rtpmap attributes say so; those that
    /// cannot be understood are left out.
    public List<RtpMap> rtpMaps() {
        return all("rtpmap").flatMap(v -> RtpMap.parse(v).stream()).toList();
    }

    /// The parameters of a format.
    public Optional<String> fmtp(String format) {
        //= rfc4566#5.14-6 fmtp specifies parameters of a format
        return all("fmtp").filter(v -> v.startsWith(format + " "))
                //= rfc4566#6¶38 the parameters of a format are handed on unchanged
                .map(v -> v.substring(format.length() + 1)).findFirst();
    }

    /// The length of media that a packet should hold.
    public Optional<Duration> ptime() { return milliseconds("ptime"); }

    /// The length of media that a packet may hold at most.
    public Optional<Duration> maxptime() { return milliseconds("maxptime"); }

    private Optional<Duration> milliseconds(String name) {
        //= rfc3264#5.1-15 a ptime is greater than zero
        return attribute(name).filter(v -> v.matches("[1-9][0-9]{0,5}"))
                .map(v -> Duration.ofMillis(Integer.parseInt(v)));
    }

    /// Where RTCP is sent to (the attribute is RFC 3605's).
    public int rtcpPort() {
        //= rfc4566#5.14-3 RTCP goes to the port in the rtcp attribute
        return attribute("rtcp").map(v -> v.split(" ")[0]).filter(v -> v.matches("[0-9]{1,5}"))
                //= rfc4566#5.14-1 the port of RTCP is the next one, unless an attribute names it
                .map(Integer::parseInt).filter(p -> p <= 65535).orElse(port + 1);
    }

    /// The lines of the description, each with its CRLF.
    @Override public String toString() {
        var out = new StringBuilder();
        Parser.print(out, 'm', type + " " + port + (ports == 1 ? "" : "/" + ports) + " " + proto
                + " " + String.join(" ", formats));
        //= rfc4566#5.4-3 a media definition may have an i= field
        if (!information.isEmpty()) Parser.print(out, 'i', information);
        connections.forEach(c -> Parser.print(out, 'c', c));
        bandwidths.forEach(b -> Parser.print(out, 'b', b));
        if (!key.isEmpty()) Parser.print(out, 'k', key);
        attributes.forEach(a -> Parser.print(out, 'a', a));
        return out.toString();
    }
}
