package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// The keys of a user in a realm: all that a server has to keep of a password. Prints no key.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.2.2 RFC 8489 §9.2.2
public record LongTermKeys(String username, Bytes md5, Bytes sha256) {

    /// Made of the password, which is not needed any more.
    public static LongTermKeys of(String realm, Credential user) {
        return new LongTermKeys(user.username(), user.longTermKey(realm, Algorithm.MD5),
                user.longTermKey(realm, Algorithm.SHA_256));
    }

    /// All who may ask, found by name and by the hash of it.
    ///
    /// @throws IllegalArgumentException if the realm may not stand in a message
    public static Guard.Users of(String realm, Collection<Credential> users) {
        Credential.realm(realm);
        var byName = new HashMap<String, LongTermKeys>();
        var byHash = new HashMap<Bytes, LongTermKeys>();
        for (var user : users) {
            var keys = of(realm, user);
            byName.put(user.username(), keys);
            byHash.put(user.userHash(realm), keys);
        }
        return new Guard.Users() {
            @Override public Optional<LongTermKeys> named(String username) {
                return Optional.ofNullable(byName.get(username));
            }

            @Override public Optional<LongTermKeys> hashed(Bytes userHash) {
                return Optional.ofNullable(byHash.get(userHash));
            }
        };
    }

    Bytes key(Algorithm algorithm) { return algorithm.equals(Algorithm.MD5) ? md5 : sha256; }

    @Override public String toString() { return "LongTermKeys[" + username + "]"; }
}
