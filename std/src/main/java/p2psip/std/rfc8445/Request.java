package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// A check of the peer that has proved to be its own, and the answers to it. To judge it costs one
/// HMAC, to answer it another.
///
/// @param ours   the username fragment that is ours
/// @param theirs the one that is the peer's
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.3 RFC 8445 §7.3
record Request(Message message, Integrity integrity, Bytes key, String ours, String theirs) {

    /// What a datagram is: a request that is proved, or at most an answer that refuses it.
    record Judged(Optional<Request> request, Optional<Bytes> refusal) {
        private static final Judged NOTHING = new Judged(Optional.empty(), Optional.empty());
    }

    /// @param message what the datagram is, its fingerprint right if it has one
    /// @param ours    the credentials for a username fragment of ours
    static Judged judge(Message message, Bytes datagram,
            Function<String, Optional<Credentials>> ours) {
        //= rfc8445#7.3-8 the FINGERPRINT is there
        if (!message.has(Fingerprint.class) || message.kind() != Kind.REQUEST
                || message.method() != Message.BINDING)
            return Judged.NOTHING;
        var name = message.first(Username.class).map(Username::value).orElse("");
        var integrity = message.has(MessageIntegritySha256.class) ? Integrity.SHA_256
                : Integrity.SHA_1;
        if (name.isEmpty() || !message.has(MessageIntegrity.class)
                && !message.has(MessageIntegritySha256.class))
            return refused(message, 400, "Bad Request");
        //= rfc8445#7.3-4 valid: two values with a colon between, the first is our ufrag
        int colon = name.indexOf(':');
        var known = colon < 0 ? Optional.<Credentials>empty()
                : ours.apply(name.substring(0, colon));
        //= rfc8445#7.3-2 authenticated by the short-term credential
        if (known.isEmpty() || !integrity.verify(datagram, known.get().key()))
            return refused(message, 401, "Unauthenticated");
        return new Judged(Optional.of(new Request(message, integrity, known.get().key(),
                name.substring(0, colon), name.substring(colon + 1))), Optional.empty());
    }

    private static Judged refused(Message message, int code, String reason) {
        return new Judged(Optional.empty(), Optional.of(Fingerprints.append(message.response(
                Kind.ERROR, List.of(new ErrorCode(code, reason))).encode())));
    }

    /// The first half of the username of a request: whoever has many agents on one socket finds
    /// by it for whom the request is.
    static Optional<String> addressee(Message message) {
        return message.first(Username.class).map(Username::value)
                .filter(name -> name.indexOf(':') >= 0)
                .map(name -> name.substring(0, name.indexOf(':')));
    }

    //= rfc8445#7.3.1.2¶1 the source as seen, by a TURN server if the request came through one
    Bytes success(InetSocketAddress from) {
        return sealed(Kind.SUCCESS, List.of(new XorMappedAddress(from)));
    }

    Bytes error(int code, String reason, Attribute... more) {
        return sealed(Kind.ERROR, Stream.concat(Stream.of(new ErrorCode(code, reason)),
                Stream.of(more)).toList());
    }

    //= rfc8445#7.3-3 the response has the short-term credential's integrity, too
    private Bytes sealed(Kind kind, List<Attribute> attributes) {
        return Fingerprints.append(integrity.append(
                message.response(kind, attributes).encode(IceAttributes.TABLE), key));
    }

    boolean nominates() { return message.has(UseCandidate.class); }

    /// The priority of a candidate that is learned from this; nothing if it has none that may be.
    OptionalLong priority() {
        return message.first(Priority.class).map(Priority::unsigned)
                .filter(value -> value > 0 && value <= Candidate.GREATEST)
                .map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    Optional<Long> controlling() {
        return message.first(IceControlling.class).map(IceControlling::tiebreaker);
    }

    Optional<Long> controlled() {
        return message.first(IceControlled.class).map(IceControlled::tiebreaker);
    }
}
