package p2psip.app.web;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.Json;

/// How the page of the console comes by the token, without which it can do nothing. An address that
/// is typed, clicked or handed to a browser is read by others: by who lists programs, by the
/// history. So it bears a ticket, good once and for a while, behind a `#`, where browsers keep it
/// to themselves; the page shows it and is told the token.
///
/// ```
///  console (verb)               node                       page
///    -- POST /tickets, token -->  |
///    <- {"address": ...} -------  |
///       http://127.0.0.1:9080/console#TICKET  ------------> |
///                                 | <-- POST /enter, ticket |
///                                 | --- {"token": ...} ---> |
/// ```
final class Entrance {
    /// Tickets that are not used; of one more the oldest is good no more.
    static final int TICKETS = 16;

    /// How long one is good.
    static final Duration GOOD = Duration.ofMinutes(10);

    private final Token token;
    private final String page;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    /// Until when each is good.
    private final SequencedMap<String, Long> tickets = new LinkedHashMap<>();

    /// @param token    that is handed out
    /// @param page     where the page is
    /// @param nanoTime a clock that never steps
    Entrance(Token token, String page, RandomGenerator random, LongSupplier nanoTime) {
        this.token = token;
        this.page = page;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /// Both of its resources.
    List<Resource> resources() { return List.of(new Office(this), new Turnstile(this)); }

    /// Where one browser may enter, once.
    synchronized String address() {
        var ticket = new Token(random).text();
        tickets.putLast(ticket, nanoTime.getAsLong() + GOOD.toNanos());
        if (tickets.size() > TICKETS) tickets.pollFirstEntry();
        return page + "#" + ticket;
    }

    private synchronized String enter(String ticket) {
        var until = tickets.remove(ticket);
        if (until == null || until - nanoTime.getAsLong() <= 0) throw new Refused(403,
                "that ticket was used, or is too old: p2psip console gives another");
        return token.text();
    }

    /// `POST /tickets` by who has the token: an address with a ticket.
    private record Office(Entrance entrance) implements Resource {
        @Override public String path() { return "/tickets"; }

        @Override public List<Method> methods() { return List.of(Method.POST); }

        @Override public Answer answer(Request request) {
            return new Values().with("address", entrance.address()).answer();
        }
    }

    /// `POST /enter` with `{"ticket": ...}` by whoever has one: the token.
    private record Turnstile(Entrance entrance) implements Resource {
        @Override public String path() { return "/enter"; }

        @Override public List<Method> methods() { return List.of(Method.POST); }

        @Override public boolean forEverybody() { return true; }

        @Override public Answer answer(Request request) {
            JsonObject body = request.body();
            return new Values().with("token", entrance.enter(Json.string(body, "ticket")))
                    .answer();
        }
    }
}
