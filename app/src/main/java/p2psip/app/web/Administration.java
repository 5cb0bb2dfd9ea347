package p2psip.app.web;

import module java.base;
import p2psip.app.sipd.*;
import p2psip.app.sipd.Inquiry.Reply;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.server.Aor;

/// What a running SIP server can be asked and told: one resource for each path.
///
/// @param how answers a request
public record Administration(String path, Method method, Function<Resource.Request, Answer> how)
        implements Resource {

    @Override public List<Method> methods() { return List.of(method); }

    @Override public Answer answer(Request request) { return how.apply(request); }

    /// `GET /contacts`, `DELETE /contacts/AOR`, `GET /users`, `GET /bans`, `DELETE /bans/ADDRESS`,
    /// `POST /reload`, `GET /metrics`.
    ///
    /// @param program what its program knows beside: seconds, heap
    /// @param reload  reads users and certificates again; answers why that cannot be, if it cannot
    public static List<Resource> of(Function<Inquiry, Reply> server,
            Supplier<SortedMap<String, Long>> program, Supplier<Optional<String>> reload) {
        return List.of(
                new Administration("/contacts", Method.GET, _ -> contacts(server)),
                new Administration("/contacts/*", Method.DELETE, request ->
                        done(server, new Inquiry.Kick(aor(request.variable())),
                                "nobody is registered as " + request.variable())),
                new Administration("/users", Method.GET, _ -> users(server)),
                new Administration("/bans", Method.GET, _ -> bans(server)),
                new Administration("/bans/*", Method.DELETE, request ->
                        done(server, new Inquiry.Unban(address(request.variable())),
                                request.variable() + " is not banned")),
                new Administration("/reload", Method.POST, _ -> reload(reload)),
                new Administration("/metrics", Method.GET, _ -> new Answer.Text(Metrics.TYPE,
                        Metrics.text(of(Reply.Counted.class, server.apply(new Inquiry.Count())),
                                program.get()))));
    }

    private static Answer contacts(Function<Inquiry, Reply> server) {
        var all = of(Reply.Contacts.class, server.apply(new Inquiry.Contacts()));
        return new Values().with("contacts", Values.list(all.contacts(), each -> new Values()
                .with("user", each.aor()).with("contact", each.contact())
                .with("by", each.by().map(flow -> flow.transport().parameter() + " "
                        + HostName.text(flow.remote())))
                .with("seconds", each.left().toSeconds()))).with("more", all.more()).answer();
    }

    private static Answer users(Function<Inquiry, Reply> server) {
        var all = of(Reply.Listed.class, server.apply(new Inquiry.Listing()));
        return new Values().with("anybody", all.anybody())
                .with("users", Values.list(all.users(), each -> new Values()
                        .with("name", each.name()).with("realm", each.realm())
                        .with("kept", each.kept()))).with("more", all.more()).answer();
    }

    private static Answer bans(Function<Inquiry, Reply> server) {
        var all = of(Reply.Banned.class, server.apply(new Inquiry.Bans()));
        return new Values().with("bans", Values.list(all.bans(), each -> new Values()
                .with("source", each.source()).with("mistakes", each.mistakes())
                .with("seconds", each.left().toSeconds()))).answer();
    }

    /// @param nothing what to say if there was nothing to do
    private static Answer done(
            Function<Inquiry, Reply> server, Inquiry what, String nothing) {
        int number = of(Reply.Done.class, server.apply(what)).number();
        if (number == 0) throw new Refused(404, nothing);
        return new Values().with("number", number).answer();
    }

    private static Answer reload(Supplier<Optional<String>> reload) {
        reload.get().ifPresent(why -> {
            throw new Refused(409, why);
        });
        return new Values().with("reloaded", true).answer();
    }

    private static Aor aor(String text) {
        return Aor.parse(text).orElseThrow(() -> new Refused(400,
                "no address: give one such as sip:alice@example.com"));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text.replaceAll("/\\d+$", ""));
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "no address: give one such as 192.0.2.1");
        }
    }

    private static <T extends Reply> T of(Class<T> awaited, Reply reply) {
        if (reply instanceof Reply.Declined(var why)) throw new Refused(503, why);
        return awaited.cast(reply);
    }
}
