package p2psip.std.rfc4566;

import module java.base;
import p2psip.std.Bytes;

/// A session description: the session, then its media.
///
/// What is parsed is printed again line by line, with attributes that nobody knows; only CRLF,
/// units of time and leading zeros are made canonical.
///
/// @param name a single space if the session has none
/// @param information the `i=` line, empty if there is none
/// @param uri the `u=` line, empty if there is none
/// @param connections the `c=` line, or none if each medium has its own
/// @param key the value of the `k=` line, empty if there is none: a secret
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5 RFC 4566 §5
public record SessionDescription(Origin origin, String name, String information, String uri,
        List<String> emails, List<String> phones, List<Connection> connections,
        List<Bandwidth> bandwidths, List<Time> times, List<Time.Adjustment> adjustments,
        String key, List<Attribute> attributes, List<Media> media) implements Attribute.Holder {

    public SessionDescription {
        //= rfc4566#5.3-2,3 the s= field is not empty: without a name it is a single space
        name = name.isEmpty() ? " " : Fields.text(name);
        for (var text : List.of(information, uri, key)) Fields.text(text);
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
        emails.forEach(Fields::text);
        phones.forEach(Fields::text);
        connections = List.copyOf(connections);
        //= rfc4566#5.7-11 a session has one connection line, with one address
        if (connections.size() > 1 || connections.stream().anyMatch(c -> c.count() > 1))
            throw new SyntaxException("several addresses for the session");
        bandwidths = List.copyOf(bandwidths);
        times = List.copyOf(times);
        if (times.isEmpty()) throw new SyntaxException("the t= line is missing");
        adjustments = List.copyOf(adjustments);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
        //= rfc4566#5.7-1 each medium has an address: its own, or the session's
        if (connections.isEmpty() && media.stream().anyMatch(m -> m.connections().isEmpty()))
            throw new SyntaxException("a medium without a c= line");
    }

    /// A call's description: permanent, without a name, one address for all media.
    public static SessionDescription of(Origin origin, Connection connection, List<Media> media) {
        //= rfc3264#5-2,6,7 no e= and p=; the name is a single space, the time 0 0
        return new SessionDescription(origin, " ", "", "", List.of(), List.of(),
                List.of(connection), List.of(), List.of(Time.PERMANENT), List.of(), "", List.of(),
                media);
    }

    /// What a stranger's description lacks, or has in the wrong place, and what it is read as all
    /// the same: as one that RFC 4566 allows.
    ///
    /// @param departures in what the text departs from the RFC
    public record Reading(SessionDescription description, List<Departure> departures) {
        public Reading { departures = List.copyOf(departures); }
    }

    /// @param citation the section that is not obeyed: `rfc4566#5.3`
    public record Departure(String what, String citation) {}

    /// A body, in UTF-8.
    ///
    /// @throws SyntaxException if it cannot be understood
    //= rfc4566#7-3 whoever parses a description gets values: no software is started by that
    //= rfc4566#5-9 text is interpreted as UTF-8
    //= rfc4566#5.4-2 and so is an i= field
    public static Reading read(Bytes body) { return new Parser(body.utf8()).reading(); }

    /// The same for those who do not care how it was written.
    public static SessionDescription parse(Bytes body) { return read(body).description; }

    public static SessionDescription parse(String text) { return parse(Bytes.utf8(text)); }

    public SessionDescription withOrigin(Origin origin) {
        return new SessionDescription(origin, name, information, uri, emails, phones, connections,
                bandwidths, times, adjustments, key, attributes, media);
    }

    public SessionDescription withTimes(List<Time> times) {
        return new SessionDescription(origin, name, information, uri, emails, phones, connections,
                bandwidths, times, adjustments, key, attributes, media);
    }

    public SessionDescription withAttributes(List<Attribute> attributes) {
        return new SessionDescription(origin, name, information, uri, emails, phones, connections,
                bandwidths, times, adjustments, key, attributes, media);
    }

    public SessionDescription withMedia(List<Media> media) {
        return new SessionDescription(origin, name, information, uri, emails, phones, connections,
                bandwidths, times, adjustments, key, attributes, media);
    }

    /// Where a medium of this session is sent to.
    public Connection connection(Media medium) {
        //= rfc4566#5.7-2 a medium's own address comes before the session's
        return (medium.connections().isEmpty() ? connections : medium.connections()).getFirst();
    }

    /// The direction of a medium of this session.
    public Direction direction(Media medium) {
        //= rfc3264#5.1-4 sendrecv may be omitted
        //= rfc4566#6-8 sendrecv is what is meant when nothing is said, but not in a broadcast
        return Direction.of(medium).or(() -> Direction.of(this)).orElseGet(() ->
                attribute("type").filter(t -> t.equals("broadcast") || t.equals("H332"))
                        .map(_ -> Direction.RECVONLY).orElse(Direction.SENDRECV));
    }

    /// The description as sent, keys included: it is a message, not a line for a log.
    //= rfc4566#5-4 all lines appear in the order given
    //= rfc4566#5.3-1 among them one s= field
    @Override public String toString() {
        var out = new StringBuilder();
        Parser.print(out, 'v', "0");
        Parser.print(out, 'o', origin);
        Parser.print(out, 's', name);
        if (!information.isEmpty()) Parser.print(out, 'i', information);
        //= rfc4566#5.5-1 the URI comes before the first media field
        if (!uri.isEmpty()) Parser.print(out, 'u', uri);
        //= rfc4566#5.6-1,3 an email address comes before the first media field; it is optional
        emails.forEach(e -> Parser.print(out, 'e', e));
        phones.forEach(p -> Parser.print(out, 'p', p));
        connections.forEach(c -> Parser.print(out, 'c', c));
        //= rfc4566#5.8-1 the bandwidth of the session is optional
        bandwidths.forEach(b -> Parser.print(out, 'b', b));
        for (var time : times) {
            Parser.print(out, 't', time);
            time.repeats().forEach(r -> Parser.print(out, 'r', r));
        }
        if (!adjustments.isEmpty()) Parser.print(out, 'z', adjustments.stream()
                .map(Time.Adjustment::toString).collect(Collectors.joining(" ")));
        if (!key.isEmpty()) Parser.print(out, 'k', key);
        attributes.forEach(a -> Parser.print(out, 'a', a));
        media.forEach(out::append);
        return out.toString();
    }
}
