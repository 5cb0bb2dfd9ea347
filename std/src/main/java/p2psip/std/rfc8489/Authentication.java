package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// How a [Client] proves who it is, and knows that an answer is its server's: one for each server,
/// as it remembers what the server asked for.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9 RFC 8489 §9
public sealed interface Authentication {

    /// What to do with a response.
    sealed interface Verdict {
        /// @param proven whether it has been proved to be the server's
        record Use(boolean proven) implements Verdict {}
        record Retry() implements Verdict {}
        record GiveUp(String why) implements Verdict {}
        record Discard() implements Verdict {}
    }

    /// The request with its proof, as it goes on the wire.
    Bytes seal(Message request, Table table);

    Verdict judge(Message response, Bytes bytes);

    /// No proof on either side, as is usual for Binding.
    final class None implements Authentication {
        @Override public Bytes seal(Message request, Table table) { return request.encode(table); }

        @Override public Verdict judge(Message response, Bytes bytes) {
            return new Verdict.Use(false);
        }
    }

    /// A password that both sides have agreed on for a while, as ICE does.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.1 RFC 8489 §9.1
    final class ShortTerm implements Authentication {
        private final Credential credential;
        private Set<Integrity> integrities = EnumSet.allOf(Integrity.class);

        public ShortTerm(Credential credential) { this.credential = credential; }

        @Override public Bytes seal(Message request, Table table) {
            var wire = request.with(List.of(new Username(credential.username()))).encode(table);
            //= rfc8489#9.1.2-1 both proofs, until it is known which one the server takes
            for (var integrity : integrities)
                wire = integrity.append(wire, credential.shortTermKey());
            return wire;
        }

        @Override public Verdict judge(Message response, Bytes bytes) {
            for (var integrity : integrities) {
                if (!integrity.verify(bytes, credential.shortTermKey())) continue;
                //= rfc8489#9.1.5-1 further requests have the proof that the answer had
                integrities = EnumSet.of(integrity);
                return new Verdict.Use(true);
            }
            //= rfc8489#9.1.4-1,2 a response without the proof of the request is discarded
            return new Verdict.Discard();
        }
    }

    /// A username and password for a realm that the server names.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.2 RFC 8489 §9.2
    final class LongTerm implements Authentication {
        private final Credential credential;
        //= rfc8489#9.2.3.2-1 what the server asked for is remembered for the next requests
        private Optional<String> realm = Optional.empty();
        private Optional<Nonce> nonce = Optional.empty();
        private Optional<PasswordAlgorithms> offered = Optional.empty();
        private Algorithm algorithm = Algorithm.MD5;

        public LongTerm(Credential credential) { this.credential = credential; }

        @Override public Bytes seal(Message request, Table table) {
            //= rfc8489#9.2.3.1-1 the first request has nothing of all this
            if (nonce.isEmpty()) return request.encode(table);
            var all = new ArrayList<Attribute>();
            //= rfc8489#9.2.5-4,5,13 the retry includes integrity and USERNAME, or USERHASH
            all.add(Nonces.hides(nonce.get().value())
                    ? new UserHash(credential.userHash(realm.orElseThrow()))
                    : new Username(credential.username()));
            //= rfc8489#9.2.3.2-2 subsequent requests include what the server asked for
            all.add(nonce.get());
            all.add(new Realm(realm.orElseThrow()));
            //= rfc8489#9.2.5-8,9 its algorithms are repeated, the first known here is chosen
            offered.ifPresent(list -> all.addAll(List.of(list, new PasswordAlgorithm(algorithm))));
            return integrity().append(request.with(all).encode(table), key());
        }

        private Bytes key() { return credential.longTermKey(realm.orElseThrow(), algorithm); }

        private Integrity integrity() {
            //= rfc8489#9.2.3.2-3 the proof, by the password for this realm
            //= rfc8489#9.2.5-19 by SHA-256 where the server offers algorithms
            return offered.isPresent() ? Integrity.SHA_256 : Integrity.SHA_1;
        }

        @Override public Verdict judge(Message response, Bytes bytes) {
            int code = response.code();
            //= rfc8489#9.2.5-1 the nonce says whether the server offers algorithms
            boolean bidDown = !response.has(PasswordAlgorithms.class) && response.first(Nonce.class)
                    .map(Nonce::value).filter(Nonces::offers).isPresent();
            boolean asks = response.kind() == Kind.ERROR && (code == 401 || code == 438);
            //= rfc8489#9.2.5-2 the bit is set and PASSWORD-ALGORITHMS is missing: no retry
            if (bidDown && asks) return new Verdict.GiveUp("its algorithms were taken out");
            //= rfc8489#9.2.5-14 such a response is ignored
            if (bidDown) return new Verdict.Discard();
            if (asks) return challenged(response, code);
            if (nonce.isEmpty())
                return code == 400 ? new Verdict.Discard() : new Verdict.Use(false);
            boolean proven = Integrity.SHA_256.verify(bytes, key())
                    || integrity() == Integrity.SHA_1 && Integrity.SHA_1.verify(bytes, key());
            //= rfc8489#9.2.5-15,16 a response without proof is discarded, which goes for a 400 too
            return proven ? new Verdict.Use(true) : new Verdict.Discard();
        }

        private Verdict challenged(Message response, int code) {
            var theirRealm = response.first(Realm.class).map(Realm::value);
            if (theirRealm.isEmpty() || !response.has(Nonce.class))
                return new Verdict.GiveUp("a challenge without realm or nonce");
            if (!isRealm(theirRealm.get()))
                return new Verdict.GiveUp("a challenge with a realm that may not be one");
            //= rfc8489#9.2.5-11 no retry with the username and password refused before
            if (code == 401 && realm.equals(theirRealm))
                return new Verdict.GiveUp("username or password refused");
            //= rfc8489#9.2.5-6 the realm is the server's
            realm = theirRealm;
            //= rfc8489#9.2.5-7,12 the nonce too; above all if the one before was stale
            nonce = response.first(Nonce.class);
            offered = response.first(PasswordAlgorithms.class);
            var known = offered.stream().flatMap(list -> list.algorithms().stream())
                    .filter(Algorithm::isSupported).findFirst();
            //= rfc8489#9.2.5-10 no algorithm supported: no retry
            if (offered.isPresent() && known.isEmpty())
                return new Verdict.GiveUp("it offers no algorithm known here");
            algorithm = known.orElse(Algorithm.MD5);
            //= rfc8489#9.2.5-3 a retry with credentials
            return new Verdict.Retry();
        }

        private static boolean isRealm(String text) {
            try {
                return Credential.realm(text).equals(text);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
