package p2psip.app.host;

/// A server of the web on a [Network], as far as one notices it: what it says to who asks.
public interface SimSite {

    /// @param http    what is asked
    /// @param request by which it replies: now, later or never
    void asked(Effect.Http http, SimRequest request);
}
