package p2psip.std.rfc2617;

/// Who asks for credentials, and the header fields and status that it uses.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.6 RFC 2617 §3.6
public enum Challenger {
    /// The server that the request is meant for: in SIP a user agent server or registrar.
    //= rfc2617#1.2-2,7 a 401 carries WWW-Authenticate, and is answered with Authorization
    SERVER(401, "WWW-Authenticate", "Authorization", "Authentication-Info"),
    //= rfc2617#3.6-2 a proxy asks with 407 and Proxy-Authenticate
    //= rfc2617#1.2-3,8 a 407 carries Proxy-Authenticate, and is answered with Proxy-Authorization
    PROXY(407, "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");

    private final int status;
    private final String challenge;
    private final String credentials;
    private final String info;

    Challenger(int status, String challenge, String credentials, String info) {
        this.status = status;
        this.challenge = challenge;
        this.credentials = credentials;
        this.info = info;
    }

    /// The status of the response that carries the challenge.
    //= rfc7616#3.8-1 a proxy issues the 407
    //= rfc2617#1.2-14 a proxy that does not accept credentials returns 407
    public int status() { return status; }

    /// The name of the header field with the [Challenge].
    //= rfc2617#1.2-15 a proxy's challenge goes into Proxy-Authenticate
    public String challenge() { return challenge; }

    /// The name of the header field with the [Credentials].
    //= rfc7616#3.8-2 the request is reissued with Proxy-Authorization
    //= rfc2617#3.6-3 to a proxy the request is re-issued with Proxy-Authorization
    public String credentials() { return credentials; }

    /// The name of the header field with the [AuthenticationInfo].
    public String info() { return info; }
}
