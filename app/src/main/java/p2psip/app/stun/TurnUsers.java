package p2psip.app.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;

/// Who may use a relay: those who are listed, and whoever has got a name and a password from
/// somebody who shares a secret with it. Such a name is good for a while: it is `expiry:name`, the
/// expiry in seconds since 1970, and its password the HMAC-SHA1 of the name in base64, as coturn
/// has it.
public final class TurnUsers implements Guard.Users {
    /// How many may be listed.
    static final int LIMIT = 100_000;

    private final String realm;
    private final Guard.Users listed;
    private final Optional<Bytes> secret;
    private final InstantSource wall;

    private TurnUsers(
            String realm, Guard.Users listed, Optional<Bytes> secret, InstantSource wall) {
        this.realm = realm;
        this.listed = listed;
        this.secret = secret;
        this.wall = wall;
    }

    /// @param lines  `user:password` each; empty ones and those that begin with `#` are passed over
    /// @param secret what is shared, as it is; nothing if no names are limited in time
    /// @throws IllegalArgumentException that says which line is wrong, and why
    public static TurnUsers of(String realm, List<String> lines, Optional<String> secret,
            InstantSource wall) {
        var users = new ArrayList<Credential>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                int colon = line.indexOf(':');
                if (colon < 0) throw new IllegalArgumentException("no colon");
                users.add(new Credential(line.substring(0, colon), line.substring(colon + 1)));
                if (users.size() > LIMIT) throw new IllegalArgumentException(
                        "more than " + LIMIT + " users");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        //= rfc8656#6-2 passwords become keys here, and are not kept
        return new TurnUsers(realm, LongTermKeys.of(realm, users),
                secret.map(Bytes::utf8), wall);
    }

    @Override public Optional<LongTermKeys> named(String username) {
        return listed.named(username).or(() -> limited(username));
    }

    @Override public Optional<LongTermKeys> hashed(Bytes userHash) {
        return listed.hashed(userHash);
    }

    /// Of a name that is limited in time nobody knows the hash before it is shown.
    @Override public boolean hidden() { return secret.isEmpty(); }

    private Optional<LongTermKeys> limited(String username) {
        var parts = username.split(":", 2);
        if (secret.isEmpty() || !parts[0].matches("\\d{1,12}")
                || Long.parseLong(parts[0]) < wall.instant().getEpochSecond())
            return Optional.empty();
        try {
            return Optional.of(LongTermKeys.of(realm,
                    new Credential(username, password(secret.get(), username))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();   // no such name can be
        }
    }

    /// The password of a name that is limited in time.
    static String password(Bytes secret, String username) {
        return Base64.getEncoder().encodeToString(Digests.hmac(
                "HmacSHA1", secret.toArray(), username.getBytes(UTF_8)));
    }
}
