package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// The server's side of authentication: who may ask, and how the answer proves whose it is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9 RFC 8489 §9
public sealed interface Guard {

    /// What became of a request or an indication.
    sealed interface Verdict {
        /// It is from this user; the answer is to be sealed.
        ///
        /// @param username as it was shown, or as its hash stands for it
        record Accepted(String username, Integrity integrity, Bytes key) implements Verdict {
            /// @param table that has all attributes of the response
            public Bytes seal(Message response, Table table) {
                //= rfc8489#9.1.3-12 the response contains no USERNAME
                if (response.has(Username.class))
                    throw new IllegalArgumentException("a response with a username");
                //= rfc8489#6.3.1.1-4 a request that was authenticated has an authenticated response
                return integrity.append(response.encode(table), key);
            }

            /// A key must not end in a log.
            @Override public String toString() { return "Accepted[" + username + "]"; }
        }

        record Refused(Message response) implements Verdict {}

        /// An indication that proves nothing.
        record Discarded() implements Verdict {}
    }

    Verdict check(Message message, Bytes bytes, InetSocketAddress from, Instant now);

    private static Verdict refuse(Message m, int code, String reason, Attribute... more) {
        //= rfc8489#9.1.3-6,9 an indication of nobody or with a wrong proof is silently discarded
        if (m.kind() == Kind.INDICATION) return new Verdict.Discarded();
        //= rfc8489#9.1.3-7,13 a request is rejected by an error without proof: there is no secret
        //= rfc8489#9.2.4-9 nor repeats the username
        return new Verdict.Refused(m
                .response(Kind.ERROR, List.of(new ErrorCode(code, reason)))
                //= rfc8489#9.2.4-17 USERNAME and USERHASH are not among them
                .with(List.of(more)));
    }

    private static Optional<Integrity> integrity(Message m) {
        return m.has(Attribute.MessageIntegritySha256.class) ? Optional.of(Integrity.SHA_256)
                : m.has(Attribute.MessageIntegrity.class) ? Optional.of(Integrity.SHA_1)
                : Optional.empty();
    }

    /// Users whose passwords were agreed on elsewhere, as by ICE.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.1.3 RFC 8489 §9.1.3
    record ShortTerm(Function<String, Optional<Credential>> users) implements Guard {
        @Override public Verdict check(
                Message m, Bytes bytes, InetSocketAddress from, Instant now) {
            var integrity = integrity(m);
            var name = m.first(Username.class);
            //= rfc8489#9.1.3-1,2,3 no proof or name: a bad request, or a discarded indication
            if (integrity.isEmpty() || name.isEmpty()) return refuse(m, 400, "Bad Request");
            var user = users.apply(name.get().value());
            //= rfc8489#9.1.3-4,5,8 rejected as 401 (Unauthenticated): unknown, or no proof
            if (user.isEmpty() || !integrity.get().verify(bytes, user.get().shortTermKey()))
                return refuse(m, 401, "Unauthenticated");
            //= rfc8489#9.1.3-10,11 in the response MESSAGE-INTEGRITY of the request's kind
            return new Verdict.Accepted(
                    user.get().username(), integrity.get(), user.get().shortTermKey());
        }
    }

    /// Who may ask in a realm.
    interface Users {
        Optional<LongTermKeys> named(String username);

        Optional<LongTermKeys> hashed(Bytes userHash);

        /// Whether each of them is found by hash too, so that nobody has to show a name.
        default boolean hidden() { return true; }
    }

    /// Users of a realm, who are asked for a proof with a nonce of ours.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.2.4 RFC 8489 §9.2.4
    final class LongTerm implements Guard {
        //= rfc8489#18.5.1.1-1 MD5 only for legacy systems
        //= rfc8489#9.2.4-6 the better algorithm comes first
        private static final PasswordAlgorithms OFFERED =
                new PasswordAlgorithms(List.of(Algorithm.SHA_256, Algorithm.MD5));

        private final String realm;
        private final Nonces nonces;
        private final Users users;

        /// @param lifetime how long a nonce is good for
        /// @throws IllegalArgumentException if the realm may not stand in a message
        public LongTerm(String realm, Collection<Credential> users, Duration lifetime,
                RandomGenerator random) {
            this(realm, LongTermKeys.of(realm, users), lifetime, random);
        }

        /// The same with users who are found when they ask.
        public LongTerm(String realm, Users users, Duration lifetime, RandomGenerator random) {
            this.realm = Credential.realm(realm);
            this.nonces = new Nonces(random, lifetime, users.hidden());
            this.users = users;
        }

        @Override public Verdict check(
                Message m, Bytes bytes, InetSocketAddress from, Instant now) {
            var integrity = integrity(m);
            //= rfc8489#9.2.4-2,4 without MESSAGE-INTEGRITY: a 401, and a nonce
            if (integrity.isEmpty()) return challenge(m, 401, "Unauthenticated", from, now);
            var nonce = m.first(Nonce.class).map(Nonce::value);
            if (nonce.isEmpty() || !m.has(Realm.class)
                    || !m.has(Username.class) && !m.has(UserHash.class))
                //= rfc8489#9.2.4-10,11 a bad request: no USERNAME, NONCE or REALM in its response
                return refuse(m, 400, "Bad Request");
            var chosen = m.first(PasswordAlgorithm.class).map(PasswordAlgorithm::algorithm);
            var repeated = m.first(PasswordAlgorithms.class);
            boolean asBefore = chosen.isEmpty() && repeated.isEmpty();
            if (Nonces.offers(nonce.get()) && !asBefore && !(repeated.equals(Optional.of(OFFERED))
                    && chosen.isPresent() && OFFERED.algorithms().contains(chosen.get())))
                //= rfc8489#9.2.4-12 PASSWORD-ALGORITHM that was not offered, or from another offer
                return refuse(m, 400, "Bad Request");
            var user = m.first(UserHash.class).flatMap(hash -> users.hashed(hash.hash()))
                    .or(() -> m.first(Username.class).flatMap(name -> users.named(name.value())));
            //= rfc8489#9.2.4-13 the USERNAME or USERHASH is not valid: nobody has it
            if (user.isEmpty()) return challenge(m, 401, "Unauthenticated", from, now);
            var key = user.get().key(chosen.orElse(Algorithm.MD5));
            if (!integrity.get().verify(bytes, key))
                //= rfc8489#9.2.4-19,20 what does not match is rejected: 401 (Unauthenticated)
                return challenge(m, 401, "Unauthenticated", from, now);
            if (!nonces.isFresh(nonce.get(), from, now))
                //= rfc8489#9.2.4-22 all right, but the nonce is old or another client's
                return challenge(m, 438, "Stale Nonce", from, now);
            //= rfc8489#9.2.4-26,27 MESSAGE-INTEGRITY-SHA256, or the older for old clients
            return new Verdict.Accepted(user.get().username(),
                    asBefore ? Integrity.SHA_1 : Integrity.SHA_256, key);
        }

        private Verdict challenge(
                Message m, int code, String reason, InetSocketAddress from, Instant now) {
            //= rfc8489#9.2.4-3,16,24 a realm, a new nonce that is valid, and the algorithms
            return refuse(m, code, reason,
                    //= rfc8489#9.2.4-14 the response includes a REALM value
                    new Realm(realm),
                    //= rfc8489#9.2.4-15 and a NONCE, selected by the server
                    //= rfc8489#9.2.4-21 REALM and NONCE, and no username, after a wrong proof too
                    new Nonce(nonces.issue(from, now)),
                    //= rfc8489#9.2.4-23 and PASSWORD-ALGORITHMS, when the nonce was stale as well
                    OFFERED);
        }
    }
}
