package p2psip.app.host;

import module java.base;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import p2psip.app.crypto.Certificates;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Keys;
import p2psip.std.rfc5922.SipDomains;

/// TLS on this computer: the JDK's, with our own judgement of who the peer is.
///
/// A certificate is judged in this order, and the first that fails is what a person is told: is it
/// valid today, is it for the name that was asked for, has somebody signed it who is trusted.
final class Tls {
    //= rfc8996#4-1,2 TLS 1.0 is not used, nor negotiated from any version
    //= rfc8996#5-1,2 and neither is TLS 1.1
    //= rfc8489#6.2.3-5,6 nothing older than TLS 1.2, whose weak ciphers and compression are off
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}, NEWEST = {"TLSv1.3"};

    private static final String SUITE = "ours";

    /// A certificate that was refused, and why.
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1;
        final TlsFailure failure;

        Refused(TlsFailure failure, String why) {
            super(why);
            this.failure = failure;
        }
    }

    private final InstantSource wall;
    private final Map<Way, SSLContext> listening = new ConcurrentHashMap<>();
    private volatile Credentials credentials;
    private Optional<X509ExtendedTrustManager> signers = Optional.empty();

    Tls(Credentials credentials, InstantSource wall) {
        this.credentials = credentials;
        this.wall = wall;
    }

    /// From the next handshake on these are shown and believed.
    synchronized void renew(Credentials now) {
        credentials = now;
        signers = Optional.empty();
        listening.clear();
    }

    /// The certificate that a listener shows.
    Optional<Certified> own(String domain) {
        return credentials.own().stream().filter(each -> each.proves(domain)).findFirst();
    }

    //= rfc3856#9.2-4 TLS as a proxy supports it, one for all
    //= rfc4235#7-3 implemented for user agents as well
    //= rfc5922#8.1-2 the domain at the other end is authenticated by TLS and these rules
    /// TLS on a stream that is there; nothing is sent yet.
    ///
    /// @param calls whether we have opened it
    SSLSocket over(Socket plain, Way way, boolean calls) throws IOException {
        var parameters = new SSLParameters();
        //= rfc8996#6-1,2,3 TLS version 1.0 is not negotiated, and neither is 1.1
        //= rfc8996#4-5 a Hello of 1.0 is responded to with a protocol_version alert
        //= rfc8996#5-5 and so is one of 1.1, with protocol_version, and the connection is closed
        parameters.setProtocols(way instanceof Way.Keyed ? NEWEST : VERSIONS);
        //= rfc8489#6.2.3-1,3 the cipher suites of 1.2 and 1.3 that are asked for are the JDK's too
        //= rfc8489#6.2.3-4 ciphers with forward secrecy are preferred: the JDK's are so ordered
        //= rfc3261#26.2.1-3 other cipher suites than those that RFC 3261 names
        parameters.setUseCipherSuitesOrder(true);
        if (!calls) switch (way) {
            //= rfc3261#26.3.1-1 one-way authentication, mutual where the other has a certificate
            //= rfc5923#9.2-1 a client is asked for its certificate
            case Way.Tls(_, boolean asks, _) -> parameters.setWantClientAuth(asks);
            case Way.Keyed _ -> parameters.setNeedClientAuth(true);
            case Way.Tcp _ -> throw new IllegalArgumentException("no TLS: " + way);
        }
        //= rfc6455#4.1-13..15 if the handshake over TLS fails there is no connection, else a tunnel
        //= rfc6455#4.1-16 Server Name Indication, by WebSocket as by SIP
        //= rfc5922#7.8-1 server_name asks for the certificate of that very domain
        else if (way instanceof Way.Tls(var domain, _, _)) name(domain).ifPresent(
                name -> parameters.setServerNames(List.of(name)));
        var socket = (SSLSocket) context(way, calls).getSocketFactory()
                .createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(calls);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Optional<SNIHostName> name(String domain) {
        try {
            return domain.contains(":") || domain.matches("[\\d.]+") ? Optional.empty()
                    : Optional.of(new SNIHostName(domain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What the peer has proven in a handshake that has ended well.
    Optional<Proven> proven(SSLSocket socket, Way way, boolean calls) {
        try {
            var chain = Stream.of(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
            return switch (way) {
                case Way.Keyed _ -> Optional.of(
                        new Proven.Key(Keys.raw(chain[0].getPublicKey())));
                case Way.Tls(var domain, _, _) when calls -> Optional.of(new Proven.Name(domain));
                case Way.Tls(_, _, var naming) -> named(chain, naming);
                case Way.Tcp _ -> Optional.empty();
            };
        //= rfc5922#7.4-1 a client that presents no certificate is not authenticated
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /// Whom a client has proven to be: nobody, if its certificate proves nothing here. Nobody has
    /// demanded one, and many phones have some that they made themselves.
    private Optional<Proven> named(X509Certificate[] chain, Way.Naming naming) {
        try {
            new Judge(Optional.empty(), naming).judge(
                    chain, chain[0].getPublicKey().getAlgorithm());
            //= rfc5922#7.4-2 the set of domain identities in the certificate of the client
            //= rfc3261#26.3.2.2-7 the domain names in it are noted
            var names = naming == Way.Naming.SIP ? SipDomains.of(chain[0])
                    : Certified.names(chain[0]);
            return names.stream().findFirst().map(first -> new Proven.Name(first, names));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /// What was wrong, if it was TLS.
    static Optional<TlsFailure> failure(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused) return Optional.of(refused.failure);
        return e instanceof SSLException ? Optional.of(TlsFailure.HANDSHAKE) : Optional.empty();
    }

    /// The same in one line.
    static String why(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused) return refused.getMessage();
        return e instanceof SSLException ? TlsFailure.HANDSHAKE.why("", Why.of(e)) : Why.of(e);
    }

    private SSLContext context(Way way, boolean calls) throws IOException {
        return switch (way) {
            case Way.Tls(var domain, _, var naming) when calls -> context(
                    //= rfc3261#26.3.1-4 a user agent may have a certificate of its own for that
                    //= rfc3261#26.3.2.2-6 mutual: who connects shows his certificate if asked
                    credentials.own().stream().findFirst(),
                    new Judge(Optional.of(domain), naming));
            case Way.Tls(var domain, _, _) -> kept(way, () ->
                    context(own(domain), new Anybody()));
            case Way.Keyed(var self) -> kept(way, () -> keyed(self));
            case Way.Tcp _ -> throw new IOException("no TLS");
        };
    }

    /// For servers of the web: believed as the JDK's rules for them have it, and signed by whom
    /// every other is believed by.
    SSLContext web() throws IOException {
        try {
            return context(Optional.empty(), signers());
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    private SSLContext kept(Way way, Supplier<SSLContext> made) {
        if (listening.size() > Host.SOCKETS) listening.clear();
        return listening.computeIfAbsent(way, _ -> made.get());
    }

    private SSLContext keyed(Identity self) {
        return context(Optional.of(new Certified(
                List.of(Certificates.selfSigned(self, wall.instant())), self.privateKey())),
                new AnyKey());
    }

    private static SSLContext context(Optional<Certified> own, TrustManager judge) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(own.map(each -> new KeyManager[] {new Showing(each)})
                    .orElse(new KeyManager[0]), new TrustManager[] {judge}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    //= rfc3261#26.3.1-5 root certificates of well-known authorities, and those that are given
    /// Those who may sign: the JDK's and our own. Read when they are asked for first.
    private synchronized X509ExtendedTrustManager signers() throws CertificateException {
        if (signers.isEmpty()) try {
            var all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (var each : trusted((KeyStore) null).getAcceptedIssuers())
                all.setCertificateEntry("" + number++, each);
            for (var each : credentials.trusted()) all.setCertificateEntry("" + number++, each);
            signers = Optional.of(trusted(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("cannot read whom this computer trusts", e);
        }
        return signers.get();
    }

    private static X509ExtendedTrustManager trusted(KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /// Believes whoever has a certificate that is valid, for the name wanted, and signed by
    /// somebody who is trusted.
    private final class Judge extends Trust {
        private final Optional<String> wanted;
        private final Way.Naming naming;

        Judge(Optional<String> wanted, Way.Naming naming) {
            this.wanted = wanted;
            this.naming = naming;
        }

        private boolean isFor(X509Certificate certificate, String name) {
            //= rfc5922#7.3-1,2 the domain of the URI is compared with those in the certificate
            //= rfc3261#26.3.2.2-8 to verify that the certificate corresponds with that domain
            //= rfc3261#26.3.2.3-2 before the INVITE passes the connection
            return naming == Way.Naming.SIP ? SipDomains.proves(certificate, name)
                    : Certified.proves(certificate, name);
        }

        //= rfc8489#6.2.3-8 its certificate is verified, and who is identified by it
        //= rfc8489#6.2.3-9 an invalid one, or somebody else's, ends it before any STUN is sent
        @Override void judge(X509Certificate[] chain, String kind) throws CertificateException {
            var now = Date.from(wall.instant());
            for (var each : chain) {
                if (now.after(each.getNotAfter())) throw refused(
                        TlsFailure.EXPIRED, "" + each.getNotAfter().toInstant());
                if (now.before(each.getNotBefore())) throw refused(
                        TlsFailure.NOT_YET_VALID, "" + each.getNotBefore().toInstant());
            }
            //= rfc3261#26.3.2.1-2,3,4 the certificate has to identify the site: no REGISTER else
            //= rfc5922#7.3-3 the connection to a server that is not authenticated is closed
            if (wanted.filter(name -> !isFor(chain[0], name)).isPresent())
                throw refused(TlsFailure.OTHER_NAME, "");
            try {
                //= rfc5922#7.1-1 the validity of a certificate, by the procedures of RFC 5280
                //= rfc5922#7.1-2 and restrictions on its usage, are checked by the JDK
                //= rfc3261#26.2.2-2 validated with root certificates, else the request fails
                if (wanted.isPresent()) signers().checkServerTrusted(chain, kind);
                else signers().checkClientTrusted(chain, kind);
            } catch (CertificateException e) {
                throw refused(TlsFailure.UNTRUSTED, "");
            }
        }

        private Refused refused(TlsFailure failure, String more) {
            return new Refused(failure, failure.why(wanted.orElse(""), more));
        }
    }

    /// Lets everybody in who comes; what he has proven is looked at then ([#proven]).
    private static final class Anybody extends Trust {
        @Override void judge(X509Certificate[] chain, String kind) { }
    }

    /// Believes whoever has signed for himself by an Ed25519 key. Dates prove nothing: what does is
    /// that the key has signed the handshake.
    private static final class AnyKey extends Trust {
        @Override void judge(X509Certificate[] chain, String kind) throws CertificateException {
            try {
                Keys.raw(chain[0].getPublicKey());
                chain[0].verify(chain[0].getPublicKey());
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new Refused(TlsFailure.UNTRUSTED, "its certificate is not its own key's");
            }
        }
    }

    /// One judgement, whichever side asks.
    private abstract static class Trust extends X509ExtendedTrustManager {
        abstract void judge(X509Certificate[] chain, String kind) throws CertificateException;

        @Override public void checkServerTrusted(X509Certificate[] chain, String kind, Socket by)
                throws CertificateException { judge(chain, kind); }

        @Override public void checkClientTrusted(X509Certificate[] chain, String kind, Socket by)
                throws CertificateException { judge(chain, kind); }

        @Override public void checkServerTrusted(X509Certificate[] chain, String kind,
                SSLEngine by) throws CertificateException { judge(chain, kind); }

        @Override public void checkClientTrusted(X509Certificate[] chain, String kind,
                SSLEngine by) throws CertificateException { judge(chain, kind); }

        @Override public void checkServerTrusted(X509Certificate[] chain, String kind)
                throws CertificateException { judge(chain, kind); }

        @Override public void checkClientTrusted(X509Certificate[] chain, String kind)
                throws CertificateException { judge(chain, kind); }

        @Override public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
    }

    /// Shows the one certificate that it has.
    private static final class Showing extends X509ExtendedKeyManager {
        private final Certified own;

        Showing(Certified own) { this.own = own; }

        private boolean fits(String kind) {
            var algorithm = own.chain().getFirst().getPublicKey().getAlgorithm();
            return kind.equals(algorithm) || kind.startsWith("EC") && algorithm.equals("EC")
                    || kind.startsWith("Ed") && algorithm.startsWith("Ed")
                    || kind.startsWith("RSA") && algorithm.startsWith("RSA");
        }

        private String any(String... kinds) {
            return Stream.of(kinds).anyMatch(this::fits) ? SUITE : null;
        }

        @Override public String chooseClientAlias(
                String[] kinds, Principal[] issuers, Socket socket) { return any(kinds); }

        @Override public String chooseEngineClientAlias(
                String[] kinds, Principal[] issuers, SSLEngine engine) { return any(kinds); }

        @Override public String chooseServerAlias(
                String kind, Principal[] issuers, Socket socket) { return any(kind); }

        @Override public String chooseEngineServerAlias(
                String kind, Principal[] issuers, SSLEngine engine) { return any(kind); }

        @Override public String[] getClientAliases(String kind, Principal[] issuers) {
            return fits(kind) ? new String[] {SUITE} : new String[0];
        }

        @Override public String[] getServerAliases(String kind, Principal[] issuers) {
            return getClientAliases(kind, issuers);
        }

        @Override public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(X509Certificate[]::new);
        }

        @Override public PrivateKey getPrivateKey(String alias) { return own.key(); }
    }
}
