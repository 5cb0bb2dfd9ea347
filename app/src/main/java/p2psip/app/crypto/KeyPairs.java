package p2psip.app.crypto;

import module java.base;

/// New key pairs from the dice that were handed in.
public final class KeyPairs {
    private KeyPairs() {}

    /// @param algorithm `Ed25519` or `X25519`
    public static KeyPair generate(String algorithm, RandomGenerator random) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            //= rfc8037#4-1 from a well-seeded generator: at the edge the system's
            generator.initialize(new NamedParameterSpec(algorithm), secure(random));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK since 15 has both
        }
    }

    /// The JDK wants its own type of dice; simulated ones are dressed up as such.
    static SecureRandom secure(RandomGenerator random) {
        return random instanceof SecureRandom secure ? secure : new Dressed(random);
    }

    private static final class Dressed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final transient RandomGenerator random;

        Dressed(RandomGenerator random) { this.random = random; }

        @Override public void nextBytes(byte[] bytes) { random.nextBytes(bytes); }
    }
}
