package p2psip.std.rfc6455;

import module java.base;

/// Whom a server lets in, and what it tells the others.
///
/// @param hosts     whether a value of Host names this server: a page of a stranger may have a name
///                  of its own that leads here
/// @param resources whether there is something at that path
/// @param origins   whether pages from there may come in; who is no browser has none, and may
/// @param protocols what is spoken: who offers none of these is not let in; if there are none, who
///                  offers any is
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-4.2 RFC 6455 §4.2
public record Door(Predicate<String> hosts, Predicate<String> resources, Predicate<String> origins,
        List<String> protocols) {
    private static final Pattern REQUEST = Pattern.compile("([!-~]+) (/[!-~]*) HTTP/1\\.([0-9])");

    public Door { protocols = List.copyOf(protocols); }

    /// Who asks, and how it is answered.
    ///
    /// @param visit if it is let in
    record Answer(Head head, Optional<Visit> visit) {}

    /// Who is let in.
    ///
    /// @param protocol that will be spoken, if one was agreed on
    record Visit(String resource, Optional<String> origin, Optional<String> protocol) {}

    /// How what cannot be read is answered.
    static Head unread(SyntaxException why) { return refusal(400, why.getMessage()); }

    Answer answer(Head request) {
        var line = REQUEST.matcher(request.first());
        try {
            //= rfc6455#4.2.1-1 what is no handshake: 400
            //= rfc6455#10.7-4 an appropriate status code
            if (!line.matches() || line.group(3).equals("0"))
                return refused(400, "no request of HTTP/1.1");
            if (!line.group(1).equals("GET")) return refused(405, "GET only", "Allow", "GET");
            return answer(request, line.group(2));
        } catch (SyntaxException e) {
            return new Answer(unread(e), Optional.empty());
        }
    }

    private Answer answer(Head request, String resource) {
        //= rfc6455#4.2.1-2 without that header field it does not come from a browser
        var origin = request.one("Origin");
        if (!hosts.test(request.one("Host").orElse("")))
            return refused(403, "this server has another name");
        //= rfc6455#4.2.2-7 not available: 404
        if (!resources.test(resource)) return refused(404, "nothing is there");
        //= rfc6455#10.2-1 the Origin is verified
        //= rfc6455#10.2-2 one that is unacceptable gets 403 Forbidden
        //= rfc6455#4.2.2-4 what it says has a part in whether the connection is accepted
        if (origin.isPresent() && !origins.test(origin.get()))
            return refused(403, "not for pages from there");
        if (!request.lists("Upgrade", "websocket") || !request.lists("Connection", "Upgrade"))
            return refused(426, "this is for WebSocket",
                    "Upgrade", "websocket", "Connection", "Upgrade");
        //= rfc6455#4.2.2-6 another version: 426, and the version that is understood
        if (!request.one("Sec-WebSocket-Version").orElse("").equals("" + Call.VERSION))
            return refused(426, "another version is spoken here",
                    "Sec-WebSocket-Version", "" + Call.VERSION);
        //= rfc6455#11.3.1-1 that header field appears no more than once
        var key = request.one("Sec-WebSocket-Key").orElse("");
        if (!isKey(key)) return refused(400, "no key of 16 bytes");
        var chosen = chosen(request);
        if (chosen.isEmpty() && !protocols.isEmpty())
            return refused(400, "spoken here: " + String.join(", ", protocols));
        return welcome(key, new Visit(resource, origin, chosen));
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == Call.KEY;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The first of the client's that is spoken here.
    private Optional<String> chosen(Head request) {
        //= rfc6455#4.2.2-8 one of those of the client's handshake
        return request.list("Sec-WebSocket-Protocol").stream().filter(protocols::contains)
                .findFirst();
    }

    private static Answer welcome(String key, Visit visit) {
        var words = new ArrayList<>(List.of("Upgrade", "websocket", "Connection", "Upgrade",
                "Sec-WebSocket-Accept", Call.accept(key)));
        //= rfc6455#4.2.2-9 no field if none was agreed on
        visit.protocol.ifPresent(name -> words.addAll(List.of("Sec-WebSocket-Protocol", name)));
        //= rfc6455#4.2.2-11,12 a valid answer; no extensions are listed
        //= rfc6455#9-2 no extension is in it, requested or not
        return new Answer(Head.of("HTTP/1.1 101 Switching Protocols",
                words.toArray(String[]::new)), Optional.of(visit));
    }

    //= rfc6455#4.2.2-5 who is not accepted gets an appropriate error code
    private static Answer refused(int status, String why, String... fields) {
        return new Answer(refusal(status, why, fields), Optional.empty());
    }

    private static Head refusal(int status, String why, String... fields) {
        return Head.of("HTTP/1.1 " + status + " " + why, Stream.concat(Arrays.stream(fields),
                Stream.of("Content-Length", "0")).toArray(String[]::new));
    }
}
