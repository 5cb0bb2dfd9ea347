package p2psip.std.rfc3711;

import module java.base;

/// How packets of a session are enciphered and proven, and what keys that needs.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.2.2 RFC 3711 §3.2.2
public interface CryptoSuite {
    /// As it is called in SDP: `AES_CM_128_HMAC_SHA1_80`.
    String name();

    /// Bytes of the master key.
    int keySize();

    /// Bytes of the master salt.
    int saltSize();

    /// A new master key of these sizes.
    default MasterKey randomKey(RandomGenerator random) {
        return MasterKey.random(keySize(), saltSize(), random);
    }

    /// How much longer a packet becomes, but for index and MKI.
    int growth(boolean rtcp);

    /// Whether RTP may be left in clear and only be proven.
    boolean allowsClearRtp();

    /// Makes session keys, and what works with them.
    ///
    /// @param period the index of the first packet that they are for, divided by the key derivation
    ///     rate; 0 if keys are derived once
    Transform transform(KeyDerivation derivation, long period, boolean rtcp);
}
