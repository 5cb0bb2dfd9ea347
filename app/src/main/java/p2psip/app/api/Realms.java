package p2psip.app.api;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc2617.DigestServer.Verdict;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Status;

/// Who proves to be whom, by Digest, in the realms that a program names; for any number of threads.
final class Realms {
    /// A realm, and the password of the user who is looked at just now.
    private static final class Realm {
        private final DigestServer server;
        private Optional<Secret> secret = Optional.empty();

        Realm(String name, RandomGenerator random) {
            server = new DigestServer(name, _ -> secret, DigestServer.Policy.RFC3261, random);
        }
    }

    private final Map<String, Realm> realms = new ConcurrentHashMap<>();
    private final Supplier<RandomGenerator> random;

    Realms(Supplier<RandomGenerator> random) { this.random = random; }

    private Realm realm(String name) {
        return realms.computeIfAbsent(name, _ -> new Realm(name, random.get()));
    }

    private static Challenger asker(Request request) {
        return request.is("REGISTER") ? Challenger.SERVER : Challenger.PROXY;
    }

    /// The user whose password the request proves to know.
    ///
    /// @param password of a user; nothing, or null, if there is no such user
    Optional<String> user(
            String name, Request request, UnaryOperator<String> password, Instant now) {
        var credentials = request.all(asker(request).credentials());
        //  it may be looked up in a data base: nobody else waits for that
        var claimed = claimed(credentials, name);
        var secret = claimed.map(password).<Secret>map(Secret.Password::new);
        var realm = realm(name);
        synchronized (realm) {
            realm.secret = secret;
            return realm.server.verify(credentials, request.method(), request.uri(),
                    request.body(), now) instanceof Verdict.Granted(var user, _, _)
                    && claimed.filter(user::equals).isPresent() ? Optional.of(user)
                    : Optional.empty();
        }
    }

    private static Optional<String> claimed(List<String> credentials, String realm) {
        for (var value : credentials) try {
            if (Credentials.parse(value) instanceof Credentials.Digest digest
                    && digest.realm().equals(realm)) return Optional.of(digest.user());
        } catch (SyntaxException e) {
            continue;   // what cannot be read proves nothing
        }
        return Optional.empty();
    }

    /// What asks for a password, with the status that goes with it.
    Desk.Answer challenge(long id, String name, Request request, Instant now) {
        var realm = realm(name);
        var asker = asker(request);
        synchronized (realm) {
            return new Desk.Answer(id, asker.status(),
                    Status.reason(asker.status()),
                    realm.server.challenges(now).stream().map(challenge ->
                            new Header(asker.challenge(), challenge.toString())).toList());
        }
    }
}
