package p2psip.app.media;

import module java.base;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.*;

/// A call between a browser and somebody who speaks another dialect: each gets the other's
/// descriptions in his own, and the sound of one medium passes here.
///
/// ```
/// browser                     node                      telephone
///   UDP/TLS/RTP/SAVPF         [WebEnd]  [End.Sockets]      RTP/AVP
///   ICE, DTLS, one port     <====>          <---->         two ports
/// ```
final class Bridge {
    private final Side web;
    private final InetAddress near;
    private final Map<Side, SessionDescription> said = new EnumMap<>(Side.class);
    private OptionalInt place = OptionalInt.empty();
    /// Whether the last INVITE left the offer to whom it calls.
    private boolean late;

    /// @param web  the browser's side
    /// @param near this node's address by which the browser has come
    /// @param late whether the call begins with an offer in a response
    private Bridge(Side web, InetAddress near, boolean late) {
        this.web = web;
        this.near = near;
        this.late = late;
    }

    /// The bridge that a call needs if it begins with this offer, if it needs one: the one side is
    /// a browser and the other not, and only one of them can read it. What two browsers say to each
    /// other, and a telephone that has all that they have, is theirs.
    ///
    /// @param from whose offer it is: of whom is called it stands in a response
    static Optional<Bridge> of(SessionDescription offer, Side from, Party offering, Party asked) {
        boolean late = from == Side.CALLED;
        if (Dialect.isWeb(offer)) return offering.page().filter(_ -> asked.page().isEmpty())
                .map(near -> new Bridge(from, near, late));
        return asked.page().filter(_ -> Dialect.isPlain(offer))
                .map(near -> new Bridge(from.other(), near, late));
    }

    Side web() { return web; }

    InetAddress near() { return near; }

    /// Whether the medium at a place is the one that passes.
    boolean carries(int index) { return place.equals(OptionalInt.of(index)); }

    int place() { return place.orElse(0); }

    /// A message passes that may be an INVITE.
    void passes(Message message) {
        if (message instanceof Request request && request.is("INVITE"))
            late = request.body().isEmpty();
    }

    /// Whether the description in a message is an offer.
    boolean offers(Message message) {
        return switch (message) {
            case Request request when request.is("ACK") -> false;
            //  it answers a reliable provisional response that has the offer: RFC 3262 §5
            case Request request when request.is("PRACK") -> !late;
            case Request _ -> true;
            case Response response -> late && response.cseq().method().equals("INVITE");
        };
    }

    /// One side describes itself.
    void says(SessionDescription description, Side from) {
        if (place.isEmpty()) place = Dialect.place(description);
        said.put(from, description);
    }

    /// A description of one side in the words of the other.
    SessionDescription translated(SessionDescription description, Side from) {
        var reader = Optional.ofNullable(said.get(from.other()));
        return from == web ? Dialect.plain(description, place(), reader)
                : Dialect.web(description, place(), reader);
    }
}
