package p2psip.std.rfc2617;

import module java.base;
import p2psip.std.Bytes;

/// The client's half of Digest: answers challenges, goes on answering unasked, counts, and knows
/// when the password is wrong.
///
/// One object serves one user at any number of servers and proxies, where he may have other names
/// and passwords; a *session* begins with each challenge and lasts until the next one of the same
/// realm.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.3 RFC 2617 §3.3
public final class DigestClient {
    /// How many sessions are kept; the one not used for longest is forgotten at the limit.
    public static final int MAX_SESSIONS = 64;

    /// How often in a row a server may say that the nonce it has just given is stale.
    public static final int MAX_STALE = 3;

    /// What to do about a 401 or 407.
    public sealed interface Answer {
        /// Send the request again (in SIP with a new CSeq number) with these header field values
        /// in place of those it carried.
        record Authorize(List<Credentials> credentials) implements Answer {}

        /// The server has seen the credentials and does not like them: name or password is wrong.
        record Refused(String realm) implements Answer {}

        /// No challenge can be answered: another scheme, algorithm or quality of protection.
        record NotUnderstood() implements Answer {}
    }

    //= rfc2617#3.2.1-5 domain is ignored: the protection space is a realm, of a proxy too
    //= rfc7616#3.3-3 so is that parameter in Proxy-Authenticate
    private record Realm(Challenger challenger, String name) {}

    //= rfc7616#3.6-3 remembered for the authentication session
    //= rfc2617#3.3-4 a client remembers nonce, nonce count and opaque for future requests
    //= rfc2617#1.2-11 and reuses them within the protection space, which is a realm
    private static final class Session {
        final Challenge.Digest challenge;
        final String user, ha1;
        final Optional<Qop> qop;
        final String cnonce;
        final int stale;
        String nonce;
        /// How many requests were sent with this nonce, and how many since the challenge.
        long count;
        long used;

        Session(Challenge.Digest challenge, String user, String ha1, Optional<Qop> qop,
                String cnonce, int stale, long count) {
            this.challenge = challenge;
            this.user = user;
            this.ha1 = ha1;
            this.qop = qop;
            this.cnonce = cnonce;
            this.stale = stale;
            this.count = count;
            this.nonce = challenge.nonce();
        }
    }

    private final Accounts logins;
    private final RandomGenerator random;
    //= rfc3261#22.2-5 credentials are cached for each realm
    //= rfc3261#22.3-7 cached are the credentials for proxies, too
    private final Map<Realm, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /// @param random where cnonces come from
    public DigestClient(Accounts logins, RandomGenerator random) {
        this.logins = logins;
        this.random = random;
    }

    /// Who has one name and password for all realms.
    public DigestClient(String user, Secret secret, RandomGenerator random) {
        this(Accounts.everywhere(user, secret), random);
    }

    /// Answers the challenges of a 401 or 407, one for each realm; realms that the refused request
    /// had answered already are answered again.
    ///
    /// @param challenges the values of the header field, topmost first; unreadable ones are ignored
    /// @param sent the values of the credentials header field that the refused request carried
    /// @param method the request's
    /// @param uri the Request-URI
    public Answer answer(Challenger from, List<String> challenges, List<String> sent,
            String method, String uri, Bytes body) {
        var chosen = new LinkedHashMap<String, Challenge.Digest>();
        //= rfc7616#3.7-3 the first challenge that is understood is taken
        //= rfc8760#2.4-1 of several challenges of one realm the topmost is taken that can be
        for (var challenge : digests(challenges))
            //= rfc7616#5.6-2 of the strongest scheme that is understood
            //= rfc8760#2.4-2 a challenge that is not understood is ignored
            if (usable(challenge)) chosen.putIfAbsent(challenge.realm(), challenge);
        //= rfc7616#5.8-1 the strongest scheme or none
        //= rfc2617#4.8-1 no scheme but Digest, the strongest that is understood here
        //= rfc2617#4.12-1 the client demands Digest authentication, whatever the server offers
        if (chosen.isEmpty()) return new Answer.NotUnderstood();
        var refused = chosen.values().stream()
                .filter(challenge -> refused(from, challenge, sent)).findFirst();
        //= rfc8760#2.4-4 who cannot respond to it abandons the request
        //= rfc3261#22.1-13 with credentials just refused there is no other attempt
        if (refused.isPresent()) return new Answer.Refused(refused.get().realm());
        chosen.values().forEach(challenge -> begin(from, challenge));
        var realms = new LinkedHashSet<>(chosen.keySet());
        //= rfc3261#22.3-18 for the realms that were answered before the same credentials again
        sent.stream().flatMap(DigestClient::digest).forEach(c -> realms.add(c.realm()));
        //= rfc3261#22.3-15 for each challenge of another realm there is a credential
        //= rfc8760#2.4-3 that match the topmost challenge of each of the different realms
        //= rfc3261#22.3-16 so they differ in their realm
        return new Answer.Authorize(realms.stream().map(realm -> new Realm(from, realm))
                .filter(sessions::containsKey)
                .<Credentials>map(realm -> next(sessions.get(realm), method, uri, body)).toList());
    }

    /// Credentials for every session with servers, or with proxies, to save a round trip.
    ///
    /// @param realms those that may see them
    public List<Credentials> unasked(Challenger to, Predicate<String> realms, String method,
            String uri, Bytes body) {
        //= rfc2617#3.3-5 Authorization goes along preemptively, in the session that is there
        //= rfc3261#22.2-7 before any 401
        //= rfc3261#22.3-10 or 407
        return List.copyOf(sessions.keySet()).stream()
                //= rfc7616#3.6-4 preemptively, where the realm may be told, to avoid round trips
                .filter(realm -> realm.challenger == to && realms.test(realm.name))
                .<Credentials>map(realm -> next(sessions.get(realm), method, uri, body)).toList();
    }

    /// Whether the response to a request proves that its sender knows the secret; takes over the
    /// next nonce if there is one.
    ///
    /// @param info the value of Authentication-Info or Proxy-Authentication-Info
    /// @param sent the credentials of the request
    /// @param body the response's
    public boolean proves(Challenger from, String info, Credentials.Digest sent, Bytes body) {
        try {
            var session = sessions.get(new Realm(from, sent.realm()));
            if (session == null || sent.algorithm().isEmpty()) return false;
            var said = Params.parse(info);
            var expected = sent.expectedInfo(session.ha1, session.cnonce, body);
            boolean genuine = said.get("rspauth").filter(
                    rspauth -> DigestServer.equal(rspauth, expected)).isPresent();
            //= rfc7616#3.5-4 a nextnonce is used for the next request
            //= rfc2617#3.2.3-2 the next request uses the nonce given in advance
            if (genuine) said.get("nextnonce").ifPresent(nonce -> {
                session.nonce = nonce;
                session.count = 0;
            });
            return genuine;
        } catch (SyntaxException e) {
            return false;
        }
    }

    //= rfc8898#2.1.1¶4 of several schemes for one realm the one that is supported
    private static List<Challenge.Digest> digests(List<String> values) {
        var digests = new ArrayList<Challenge.Digest>();
        for (var value : values) {
            try {
                for (var challenge : Challenge.parse(value))
                    //= rfc2617#1.2-9 Digest is the strongest auth-scheme understood here
                    //= rfc2617#4.6-2 whatever weaker schemes there are to choose from
                    //= rfc8760#2.6-1 Basic is never accepted
                    if (challenge instanceof Challenge.Digest digest) digests.add(digest);
            } catch (SyntaxException e) {
                continue;   // one broken challenge must not hide the others
            }
        }
        return digests;
    }

    private boolean usable(Challenge.Digest challenge) {
        //= rfc7616#3.3-8 if the algorithm is not understood the challenge is ignored
        //= rfc2617#3.2.1-11 a challenge whose algorithm is not understood is passed over
        return ha1(challenge).isPresent() && !(challenge.hasQop() && challenge.qop().isEmpty());
    }

    private Optional<String> ha1(Challenge.Digest challenge) {
        var realm = challenge.realm();
        return logins.in(realm).flatMap(login -> challenge.algorithm().flatMap(algorithm ->
                login.secret().ha1(algorithm, login.user(), realm)));
    }

    /// Whether the request had credentials, the first since a challenge, and the server blames
    /// them. A nonce that has served for some time may have ended without a word.
    private boolean refused(Challenger from, Challenge.Digest challenge, List<String> sent) {
        var last = sent.stream().flatMap(DigestClient::digest)
                .filter(c -> c.realm().equals(challenge.realm())).findFirst();
        var session = sessions.get(new Realm(from, challenge.realm()));
        if (last.isEmpty() || session == null || session.used > 1) return false;
        //= rfc2617#3.2.1-8 if stale is true, the request is simply tried again
        return !challenge.stale() || session.stale >= MAX_STALE;
    }

    private static Stream<Credentials.Digest> digest(String credentials) {
        try {
            return Credentials.parse(credentials) instanceof Credentials.Digest digest
                    ? Stream.of(digest) : Stream.empty();
        } catch (SyntaxException e) {
            return Stream.empty();
        }
    }

    private void begin(Challenger from, Challenge.Digest challenge) {
        var realm = new Realm(from, challenge.realm());
        var last = sessions.get(realm);
        // AUTH, which comes first, rather than AUTH_INT
        //= rfc7616#3.4-2 one of the alternatives the server indicated
        //= rfc2617#3.2.2-2 of the alternatives that the server supports one is taken
        var qop = challenge.qop().stream().min(Comparator.naturalOrder());
        int stale = challenge.stale() && last != null ? last.stale + 1 : 0;
        //= rfc2617#3.2.2-5 a nonce in use that is sent again gets the next nc
        boolean goesOn = last != null && last.nonce.equals(challenge.nonce());
        var user = logins.in(challenge.realm()).orElseThrow().user();
        sessions.put(realm, new Session(challenge, user, ha1(challenge).orElseThrow(), qop,
                goesOn ? last.cnonce : cnonce(), stale, goesOn ? last.count : 0));
        if (sessions.size() > MAX_SESSIONS) sessions.remove(sessions.keySet().iterator().next());
    }

    private String cnonce() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Credentials.Digest next(Session session, String method, String uri, Bytes body) {
        session.count++;
        session.used++;
        //= rfc7616#3.4.6-1 the uri agrees with the request-target
        //= rfc2617#3.2.2.5-1,2 the uri is the Request-URI, an absolute one if that is absolute
        //= rfc7616#3.4.6-2 so it is an absolute URI, as the request-target is
        var params = Params.of("username", session.user, "realm", session.challenge.realm(),
                "nonce", session.nonce, "uri", uri, "response", "");
        //= rfc2617#3.2.2-1 algorithm and opaque are those of the challenge
        //= rfc7616#3.3-4 opaque is returned as it was specified by the server
        //= rfc2617#3.2.1-7 opaque is returned unchanged
        for (var name : List.of("algorithm", "opaque")) {
            var given = session.challenge.params().get(name);
            if (given.isPresent()) params = params.with(name, given.get());
        }
        //= rfc2617#3.2.2-3,5 qop, and cnonce with it, only if the server supports it
        //= rfc8760#2.6-4 with qop and without it
        //= rfc3261#22.4-5 no cnonce where no qop was sent
        if (session.qop.isPresent()) {
            //= rfc3261#22.4-7 who was sent a qop sends one
            //= rfc2617#3.2.2¶8 nc counts the requests sent with this nonce, this one included
            params = params.with("qop", session.qop.get().toString())
                    .with("nc", "%08x".formatted(session.count)).with("cnonce", session.cnonce);
        }
        return new Credentials.Digest(params).signed(session.ha1, session.cnonce, method, body);
    }
}
