package p2psip.app.web;

import module java.base;

/// A request that is not answered as it wishes: caught once, by [Control].
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int status;
    final transient Map<String, String> headers;

    /// @param why one line for who has asked
    Refused(int status, String why) { this(status, why, Map.of()); }

    Refused(int status, String why, Map<String, String> headers) {
        super(why, null, false, false);
        this.status = status;
        this.headers = headers;
    }
}
