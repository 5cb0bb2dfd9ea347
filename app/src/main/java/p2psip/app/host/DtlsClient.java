package p2psip.app.host;

import module java.base;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import p2psip.std.rfc5764.UseSrtp;

/// The end that begins, in the words of the library.
final class DtlsClient extends DefaultTlsClient {
    private final DtlsEnd end;

    DtlsClient(DtlsEnd end) {
        super(end.crypto());
        this.end = end;
    }

    @Override protected ProtocolVersion[] getSupportedVersions() { return DtlsEnd.VERSIONS; }

    @Override protected int[] getSupportedCipherSuites() { return end.suites(true); }

    @Override public int getHandshakeTimeoutMillis() { return (int) Host.HANDSHAKE.toMillis(); }

    @Override public int getHandshakeResendTimeMillis() { return (int) Host.FLIGHT.toMillis(); }

    /// Keys are exported from nothing less.
    @Override public boolean requiresExtendedMasterSecret() { return true; }

    @Override public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        var all = new Hashtable<Integer, byte[]>();
        Hashtable<?, ?> usual = super.getClientExtensions();
        usual.forEach((type, data) -> all.put((Integer) type, (byte[]) data));
        all.put(UseSrtp.EXTENSION, end.offer().toArray());
        return all;
    }

    @Override public void processServerExtensions(
            @SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        end.answered(extensions == null ? null : (byte[]) extensions.get(UseSrtp.EXTENSION));
    }

    @Override public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override public void notifyServerCertificate(TlsServerCertificate shown)
                    throws IOException {
                end.shown(shown.getCertificate());
            }

            //= rfc8122#6.2-3 the client presents a certificate as well
            @Override public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                return end.credentials(context);
            }
        };
    }

    @Override public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        end.complete(context);
    }

    @Override public void notifyAlertReceived(short level, short description) {
        end.heard(description);
    }
}
