package p2psip.std.rfc5764;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;

/// The keys of a session, as a DTLS handshake has given them to both sides: the client sends by the
/// one, the server by the other.
///
/// Whoever has the handshake is asked for so many bytes ([#size]) by the exporter of RFC 5705 under
/// the label [#LABEL], without a context.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5764#section-4.2 RFC 5764 §4.2
public record ExtractedKeys(SrtpPolicy policy, MasterKey client, MasterKey server) {
    public static final String LABEL = "EXTRACTOR-dtls_srtp";

    /// How many bytes are to be extracted.
    public static int size(ProtectionProfile profile) {
        return 2 * (profile.suite().keySize() + profile.suite().saltSize());
    }

    /// @throws IllegalArgumentException if there are not so many bytes
    //= rfc5764#5.1-1 only a handshake that is complete gives material to process SRTP with
    public static ExtractedKeys of(ProtectionProfile profile, Bytes material) {
        if (material.size() != size(profile))
            throw new IllegalArgumentException(material.size() + " bytes of key material");
        int key = profile.suite().keySize(), salt = profile.suite().saltSize();
        // client_write_key, server_write_key, client_write_salt, server_write_salt
        return new ExtractedKeys(SrtpPolicy.of(profile.suite()),
                key(profile, material, 0, 2 * key, key, salt),
                key(profile, material, key, 2 * key + salt, key, salt));
    }

    private static MasterKey key(ProtectionProfile profile, Bytes material, int keyAt, int saltAt,
            int key, int salt) {
        return MasterKey.of(material.slice(keyAt, keyAt + key),
                material.slice(saltAt, saltAt + salt)).withLifetime(profile.lifetime());
    }

    /// What this side sends by.
    public MasterKey sending(boolean isClient) { return isClient ? client : server; }

    /// What this side receives by, and nothing else.
    //= rfc5764#4.2-1 a server uses the client's keys to decrypt and check inbound packets only
    //= rfc5764#4.2-2 a client the server's
    public MasterKey receiving(boolean isClient) { return isClient ? server : client; }
}
