package p2psip.app.host;

import module java.base;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import p2psip.std.rfc5764.UseSrtp;

/// The end that waits, in the words of the library.
final class DtlsServer extends DefaultTlsServer {
    private static final short[] KINDS =
            {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};

    private final DtlsEnd end;
    private byte[] offered;

    DtlsServer(DtlsEnd end) {
        super(end.crypto());
        this.end = end;
    }

    @Override protected ProtocolVersion[] getSupportedVersions() { return DtlsEnd.VERSIONS; }

    @Override protected int[] getSupportedCipherSuites() { return end.suites(false); }

    @Override public int getHandshakeTimeoutMillis() { return (int) Host.HANDSHAKE.toMillis(); }

    @Override public int getHandshakeResendTimeMillis() { return (int) Host.FLIGHT.toMillis(); }

    @Override public boolean requiresExtendedMasterSecret() { return true; }

    @Override public void processClientExtensions(
            @SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        offered = extensions == null ? null : (byte[]) extensions.get(UseSrtp.EXTENSION);
    }

    @Override public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        var all = new Hashtable<Integer, byte[]>();
        Hashtable<?, ?> usual = super.getServerExtensions();
        usual.forEach((type, data) -> all.put((Integer) type, (byte[]) data));
        all.put(UseSrtp.EXTENSION, end.answer(offered).toArray());
        return all;
    }

    //= rfc8122#6.2-1 an endpoint that is the server presents a certificate
    @Override protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return end.credentials(context);
    }

    /// Both sides show who they are.
    //= rfc8122#6.2-4 the server requests the certificate of the client
    @Override public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(KINDS,
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
    }

    @Override public void notifyClientCertificate(Certificate shown) throws IOException {
        end.shown(shown);
    }

    @Override public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        end.complete(context);
    }

    @Override public void notifyAlertReceived(short level, short description) {
        end.heard(description);
    }
}
