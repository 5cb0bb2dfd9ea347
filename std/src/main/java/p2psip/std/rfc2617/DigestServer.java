package p2psip.std.rfc2617;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;

/// The server's half of Digest for one realm: makes challenges, and judges credentials.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.3 RFC 2617 §3.3
public final class DigestServer {

    /// Whom the realm knows.
    public interface Users {
        /// What is known of the user, whose name is as the client sent it.
        Optional<Secret> secret(String user);
    }

    /// What a server offers and how long it stays good.
    ///
    /// @param algorithms one challenge each, the most preferred first
    /// @param qops offered in each challenge
    /// @param lifetime of a nonce
    /// @param maxNonces how many nonces in use are remembered; beyond it the oldest go stale early
    /// @param sameUri whether the `uri` directive must be the Request-URI letter for letter, as in
    ///        HTTP; in SIP it may differ
    public record Policy(List<Algorithm> algorithms, List<Qop> qops, Duration lifetime,
            int maxNonces, boolean sameUri) {

        /// Two algorithms, for clients that pass over a challenge they do not understand. Not all
        /// do: baresip 1.0 gives up when there is one, sipsak 0.9.8 when it is the first.
        //= rfc8760#2.3-1 multiple header fields, so that the best algorithm can be used
        //= rfc8760#3-1 MD5 remains for backward compatibility, behind the better one
        //= rfc7616#3.2-1 as it is not recommended
        public static final Policy RFC8760 = new Policy(List.of(Algorithm.SHA_256, Algorithm.MD5),
                //= rfc3261#22.4-4 the uri may differ from the Request-URI: that is no failure
                List.of(Qop.AUTH), Duration.ofMinutes(5), 10_000, false);

        /// MD5 alone, for clients that give up at a challenge they do not understand.
        public static final Policy RFC3261 = RFC8760.with(List.of(Algorithm.MD5));

        public Policy {
            //= rfc8760#2.3-2 each challenge with a different digest algorithm
            algorithms = List.copyOf(new LinkedHashSet<>(algorithms));
            qops = List.copyOf(qops);
        }

        /// The same with other algorithms.
        public Policy with(List<Algorithm> algorithms) {
            return new Policy(algorithms, qops, lifetime, maxNonces, sameUri);
        }
    }

    public sealed interface Verdict {
        /// The request comes from this user; whether the user may do it is another question.
        ///
        /// @param credentials what proved it: their `uri` may differ from the Request-URI in SIP
        record Granted(String user, Credentials.Digest credentials, Proof proof)
                implements Verdict {}

        /// Refuse with 401 or 407 and these challenges.
        record Challenged(List<Challenge> challenges, Reason reason) implements Verdict {}

        /// Refuse with 400.
        record Malformed(String why) implements Verdict {}
    }

    public enum Reason {
        /// No credentials for this realm that the server can read.
        MISSING,
        /// No such user, or not the user's password.
        WRONG,
        /// The right password, but a nonce that has expired or has never been this server's.
        STALE,
        /// The right password, but the nonce has been used with this count already.
        REPLAYED;

        /// Whether whoever sent the credentials knows the password.
        public boolean knows() { return this == STALE || this == REPLAYED; }
    }

    /// The key with which a granted request's response can be signed.
    ///
    /// @param ha1 as good as the password within the realm
    public record Proof(Credentials.Digest credentials, String ha1, String sessionCnonce) {

        /// The Authentication-Info for a response with that body: proof that the server knows the
        /// secret too.
        ///
        /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.3 RFC 2617 §3.2.3
        public Params info(Bytes body) {
            var rspauth = credentials.expectedInfo(ha1, sessionCnonce, body);
            if (!credentials.hasQop()) return Params.of("rspauth", rspauth);
            //= rfc2617#3.2.3-6,7,8 qop, cnonce and nc are those of the client's request
            return Params.of("rspauth", rspauth,
                    //= rfc7616#3.5-8 the same value of qop as the client's
                    "qop", credentials.params().required("qop"),
                    //= rfc7616#3.5-9 cnonce and nc are the ones of the client request
                    //= rfc7616#3.5-10 which are present as there is a qop
                    "cnonce", credentials.cnonce(), "nc", credentials.params().required("nc"));
        }

        @Override public String toString() { return "Proof[]"; }
    }

    private static final Pattern REALM = Pattern.compile("\\brealm\\s*=\\s*\"([^\"]*)\"",
            Pattern.CASE_INSENSITIVE);

    private final String realm;
    private final Users users;
    private final Policy policy;
    private final Nonces nonces;

    /// @param random where nonces come from
    public DigestServer(String realm, Users users, Policy policy, RandomGenerator random) {
        this.realm = realm;
        this.users = users;
        this.policy = policy;
        this.nonces = new Nonces(policy.lifetime, policy.maxNonces, random);
    }

    /// The challenges for a request without credentials, most preferred first.
    //= rfc2617#1.2-1 a server may challenge a client request
    public List<Challenge> challenges(Instant now) { return challenges(false, now); }

    /// Judges the credentials of a request.
    ///
    /// @param credentials the values of Authorization or Proxy-Authorization; those of other realms
    ///        are passed over
    /// @param uri the Request-URI
    public Verdict verify(
            List<String> credentials, String method, String uri, Bytes body, Instant now) {
        var bad = Optional.<Verdict>empty();
        var judged = Optional.<Verdict>empty();
        //= rfc8898#2.3-3 a proxy searches Proxy-Authorization for those of its realm
        //= rfc3261#22.3-13 by their realms, which Digest supports, credentials are told apart
        for (var value : credentials) try {
            //= rfc2617#4.1-1 Basic, which sends passwords in cleartext, is not used
            //= rfc3261#22-3 Digest only: credentials of Basic are not accepted
            //= rfc3261#22.4-2 nor is Basic authentication requested below
            if (Credentials.parse(value) instanceof Credentials.Digest digest
                    //= rfc2617#2-2 realms are compared for equality
                    && digest.realm().equals(realm)) {
                var verdict = judge(digest, method, uri, body, now);
                //= rfc8898#2.3-4 one of them at least has to validate, with its credentials
                if (verdict instanceof Verdict.Granted) return verdict;
                if (judged.isEmpty()) judged = Optional.of(verdict);
            }
        } catch (SyntaxException e) {
            //= rfc2617#3.2.2¶10 improper or missing directives are answered with 400
            if (mayBeOurs(value)) bad = Optional.of(new Verdict.Malformed(e.getMessage()));
        }
        //= rfc8898#2.2-1 else the request is challenged
        //= rfc8898#2.3-1 by a proxy as well
        return (judged.isPresent() ? judged : bad).orElseGet(() -> refuse(Reason.MISSING, now));
    }

    private boolean mayBeOurs(String unreadable) {
        var named = REALM.matcher(unreadable);
        return !named.find() || named.group(1).equals(realm);
    }

    private Verdict judge(Credentials.Digest sent, String method, String uri, Bytes body,
            Instant now) {
        if (sent.algorithm().isEmpty() || !policy.algorithms.contains(sent.algorithm().get()))
            return refuse(Reason.MISSING, now);
        if (sent.hasQop() && !sent.qop().filter(policy.qops::contains).isPresent())
            return new Verdict.Malformed("qop was not offered");
        //= rfc7616#3.4.6-3 the uri is assured to be that of the Request-Line, or else 400
        //= rfc2617#3.2.2.5-3 in HTTP a digest for another URI than the request's is a bad request
        if (policy.sameUri && !sent.uri().equals(uri))
            return new Verdict.Malformed("uri is not the Request-URI");
        var cnonce = nonces.sessionCnonce(sent.nonce(), sent.cnonce());
        //= rfc7616#3.6-1 the password is looked up by the username submitted
        //= rfc2617#3.3-1 the password that corresponds to the username is looked up
        var known = users.secret(sent.user());
        var ha1 = known.orElse(NOBODY).ha1(sent.algorithm().get(), sent.user(), realm);
        if (ha1.isEmpty()) return refuse(Reason.WRONG, now);
        //= rfc7616#3.6-2 by the same digest operation as the client
        //= rfc2617#3.3-2 the server repeats the client's computation and compares
        var expected = sent.expected(ha1.get(), cnonce, method, body);
        if (!equal(expected, sent.response()) || known.isEmpty()) return refuse(Reason.WRONG, now);
        //= rfc2617#3.2.2¶8 a count seen before with this nonce is a replay
        return switch (nonces.use(sent.nonce(), sent.nc(), sent.cnonce(), now)) {
            case FRESH -> new Verdict.Granted(
                    sent.user(), sent, new Proof(sent, ha1.get(), cnonce));
            //= rfc7616#3.3-6 stale is true only if the nonce is invalid
            //= rfc7616#3.6-6 then it asks to retry with the new nonce
            //= rfc2617#3.2.1-9 stale only to somebody who knows the password
            case STALE -> refuse(Reason.STALE, now);
            case REPLAYED -> refuse(Reason.REPLAYED, now);
        };
    }

    /// Stands in for a user there is not, so that refusing takes as long.
    private static final Secret NOBODY = new Secret.Password("");

    private Verdict refuse(Reason reason, Instant now) {
        //= rfc2617#1.2-12,13 credentials not accepted: 401 (or 407), and a new challenge
        //= rfc2617#3.3-7 stale lets the client retry with the new nonce
        return new Verdict.Challenged(challenges(reason.knows(), now), reason);
    }

    private List<Challenge> challenges(boolean stale, Instant now) {
        var nonce = nonces.make(now);
        //= rfc7616#3.7-1,2 challenges in order of preference, each with a different algorithm
        //= rfc8760#2.3-3 the most preferred at the top
        return policy.algorithms.stream().<Challenge>map(algorithm -> {
            //= rfc2617#3.2.1-12 qop is used, as all implementations should
            //= rfc8760#2.6-5 qop is always sent
            //= rfc3261#22.4-6 qop stands in every challenge
            var params = Params.of("realm", realm, "nonce", nonce, "algorithm",
                    algorithm.toString(),
                    //= rfc7616#3.3-9 qop is used by all implementations, at least for auth
                    "qop", policy.qops.stream().map(Qop::toString)
                            .collect(Collectors.joining(",")));
            //= rfc2617#1.2-10 Basic is not even minimally acceptable
            //= rfc2617#4.6-3 so no server here includes Basic
            return new Challenge.Digest(stale ? params.with("stale", "true") : params);
        }).toList();
    }

    /// Compares in a time that does not tell where the difference is.
    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }
}
