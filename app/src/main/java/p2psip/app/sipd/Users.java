package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.server.Aor;

/// The users of a server and their secrets, from a file.
///
/// A line is `user:password`, good for every domain of the server, or `user:realm:HA1`, where HA1
/// is the hash of `user:realm:password` in hexadecimal: MD5 (32 digits) or SHA-256 (64). Empty
/// lines and those that begin with `#` are passed over.
///
/// They are asked by MD5, or by SHA-256 if that is what the hashes are, unless [#asked] says
/// otherwise.
public final class Users {
    /// One line for each: more are refused.
    static final int LIMIT = 100_000;

    /// One line, without the secret.
    ///
    /// @param realm the domain it is good for; empty: every one
    /// @param kept  how the secret is kept: `password`, or the algorithm of the hash
    public record User(String name, String realm, String kept) {}

    private record Key(String user, String realm) {}

    private static final String ANY_REALM = "";

    private final Map<Key, Secret> secrets = new HashMap<>();
    private Optional<Secret> shared = Optional.empty();
    private List<Algorithm> algorithms = List.of();

    /// Reads a file's lines.
    ///
    /// @throws IllegalArgumentException that says which line is wrong, and why
    public static Users parse(List<String> lines) {
        var users = new Users();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                users.add(line.split(":", -1));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        for (var algorithm : List.of(Algorithm.MD5, Algorithm.SHA_256))
            if (users.serves(algorithm)) return users.asked(List.of(algorithm));
        throw new IllegalArgumentException(
                "some HA1 are of MD5 and some of SHA-256: no algorithm serves them all");
    }

    /// Users of any name, who all know one password.
    public static Users sharing(String password) {
        var users = new Users();
        users.shared = Optional.of(new Secret.Password(password));
        return users.asked(List.of(Algorithm.MD5));
    }

    /// The same users, to be asked by these algorithms, the most preferred first.
    ///
    /// @throws IllegalArgumentException if the hash of some user is of another algorithm
    public Users asked(List<Algorithm> algorithms) {
        for (var algorithm : algorithms)
            if (!serves(algorithm)) throw new IllegalArgumentException(
                    "some HA1 are not of " + algorithm + ": they would never match");
        var users = new Users();
        users.secrets.putAll(secrets);
        users.shared = shared;
        users.algorithms = List.copyOf(algorithms);
        return users;
    }

    private boolean serves(Algorithm algorithm) {
        for (var secret : secrets.values())
            if (secret instanceof Secret.Ha1(var own, _) && own != algorithm.base()) return false;
        return true;
    }

    private void add(String[] fields) {
        for (var field : fields)
            if (field.isEmpty()) throw new IllegalArgumentException("a field is empty");
        var key = new Key(fields[0], fields.length == 3 ? fields[1] : ANY_REALM);
        var secret = switch (fields.length) {
            case 2 -> new Secret.Password(fields[1]);
            case 3 -> ha1(fields[2].toLowerCase(Locale.ROOT));
            default -> throw new IllegalArgumentException(fields.length + " fields");
        };
        if (secrets.size() >= LIMIT)
            throw new IllegalArgumentException("more than " + LIMIT + " users");
        if (secrets.put(key, secret) != null)
            throw new IllegalArgumentException("user " + fields[0] + " is there already");
    }

    private static Secret ha1(String hex) {
        if (!hex.matches("[0-9a-f]{32}|[0-9a-f]{64}"))
            throw new IllegalArgumentException("HA1 is not 32 or 64 hexadecimal digits");
        return new Secret.Ha1(hex.length() == 32 ? Algorithm.MD5 : Algorithm.SHA_256, hex);
    }

    /// All of them, without their secrets, by name.
    List<User> list() {
        return secrets.entrySet().stream().map(e -> new User(e.getKey().user, e.getKey().realm,
                        switch (e.getValue()) {
                            case Secret.Password _ -> "password";
                            case Secret.Ha1(var algorithm, _) -> "" + algorithm;
                        })).sorted(Comparator.comparing(User::name).thenComparing(User::realm))
                .toList();
    }

    public int size() { return secrets.size(); }

    /// By which algorithms they are asked.
    List<Algorithm> algorithms() { return algorithms; }

    /// Whether an address of record belongs to a user.
    boolean knows(Aor aor) { return secret(aor.user(), aor.domain()).isPresent(); }

    Optional<Secret> secret(String user, String realm) {
        var own = secrets.get(new Key(user, realm));
        return Optional.ofNullable(own != null ? own : secrets.get(new Key(user, ANY_REALM)))
                .or(() -> shared);
    }
}
