package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;

/// Makes callers show that they receive at their address before anything is computed or remembered
/// for them: a cookie is a keyed hash of the address and the call, and needs no memory here.
final class Cookies {

    /// How long a cookie is good for at least; at most twice that.
    static final Duration LIFETIME = Duration.ofSeconds(10);

    private final Mac mac;

    Cookies(RandomGenerator random) {
        var key = new byte[32];
        random.nextBytes(key);
        mac = Digests.mac("HmacSHA256", key);
    }

    Bytes bake(Path caller, long session, Bytes ephemeral, Instant now) {
        return bake(caller, session, ephemeral, period(now));
    }

    boolean tastes(Bytes cookie, Path caller, long session, Bytes ephemeral,
            Instant now) {
        return cookie.equals(bake(caller, session, ephemeral, period(now)))
                || cookie.equals(bake(caller, session, ephemeral, period(now) - 1));
    }

    private Bytes bake(Path caller, long session, Bytes ephemeral, long period) {
        var path = caller.encode();
        var in = ByteBuffer.allocate(path.length + 16 + ephemeral.size());
        in.put(path).putLong(session).putLong(period).put(ephemeral.buffer());
        mac.update(in.flip());
        return Bytes.slice(mac.doFinal(), 0, Packet.COOKIE);
    }

    private static long period(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), LIFETIME.toSeconds());
    }
}
