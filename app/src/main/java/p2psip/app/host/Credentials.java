package p2psip.app.host;

import module java.base;
import java.security.cert.X509Certificate;

/// What a host shows by TLS, and whom it believes.
///
/// @param own     its certificates; the first is shown to those whom it calls
/// @param trusted who may sign those of others, beside those whom the JDK trusts
public record Credentials(List<Certified> own, List<X509Certificate> trusted) {
    /// None of its own, and nobody beside those whom the JDK trusts.
    public static final Credentials USUAL = new Credentials(List.of(), List.of());

    public Credentials {
        own = List.copyOf(own);
        trusted = List.copyOf(trusted);
    }
}
