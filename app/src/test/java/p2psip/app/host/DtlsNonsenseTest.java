package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;
import p2psip.std.rfc5764.ProtectionProfile;

/// The real engine is handed flights that are nearly right.
class DtlsNonsenseTest {
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 100_000 : 1_000;
    private static final int EACH = 20;
    private static final List<ProtectionProfile> PROFILES =
            List.of(ProtectionProfile.SRTP_AEAD_AES_128_GCM);

    private final SplittableRandom random = new SplittableRandom(5764);
    private final MediaCertificate hers = certificate(1), his = certificate(2);

    private static MediaCertificate certificate(long seed) {
        return MediaCertificate.make(new SplittableRandom(seed), Instant.now());
    }

    private static Effect.Associate associate(long id, boolean begins, MediaCertificate own,
            MediaCertificate peer) {
        return new Effect.Associate(HostContract.id(id), begins, own, PROFILES,
                List.of(peer.fingerprint()));
    }

    private Bytes mutated(Bytes original) {
        var bytes = original.toArray();
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--)
            switch (random.nextInt(3)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[random.nextInt(Math.min(30, bytes.length))] =
                        (byte) random.nextInt();
                default -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
            }
        return Bytes.wrap(bytes);
    }

    /// The flights of a handshake between two, who both get its keys.
    private List<Bytes> shake(Strings alice, Strings bob, long id) {
        var flights = new ArrayList<Bytes>();
        bob.pull(associate(id, false, his, hers));
        alice.pull(associate(id, true, hers, his));
        int there = 0;
        for (var end = System.nanoTime() + 20_000_000_000L; there < 2 && System.nanoTime() < end;)
            for (var from : List.of(alice, bob))
                for (var told : from.rest(Duration.ofMillis(10))) switch (told) {
                    case Event.Flight(var of, var datagram) when of.number() == id -> {
                        flights.add(datagram);
                        (from == alice ? bob : alice).pull(
                                new Effect.Hand(HostContract.id(id), datagram));
                    }
                    case Event.Associated _ -> there++;
                    default -> { }
                }
        assertThat(there).isEqualTo(2);
        return flights;
    }

    @Test void whatever_is_handed_over_the_host_goes_on_and_others_get_their_keys() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var alice = new Strings(host, "alice");
            var bob = new Strings(host, "bob");
            var flights = shake(alice, bob, 1);
            var ends = new TreeMap<String, Integer>();
            for (int i = 0; i < PACKETS / EACH; i++) {
                long id = 10 + i % 50;   // each takes the place of the one fifty before it
                boolean begins = random.nextBoolean();
                bob.pull(associate(id, begins, his, hers));
                for (int k = 0; k < EACH; k++) bob.pull(new Effect.Hand(HostContract.id(id),
                        mutated(flights.get(random.nextInt(flights.size())))));
                for (var told : bob.rest(Duration.ofMillis(1))) switch (told) {
                    case Event.NotAssociated(_, var why) -> ends.merge(why, 1, Integer::sum);
                    case Event.Associated _ -> throw new AssertionError("keys for nobody");
                    default -> { }
                }
            }
            assertThat(ends).isNotEmpty();
            assertThat(bob.ended()).isFalse();
            shake(alice, bob, 2);
        }
    }
}
