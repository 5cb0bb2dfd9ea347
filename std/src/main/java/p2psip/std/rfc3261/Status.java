package p2psip.std.rfc3261;

import module java.base;

/// The words that go with the numbers, for people.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-21 RFC 3261 §21
public final class Status {
    private static final String[] REASONS = new String[700];

    static {
        //= rfc3261#21-1 of the response codes of HTTP/1.1 only those that SIP has taken over
        for (var each : """
                100 Trying; 180 Ringing; 181 Call Is Being Forwarded; 182 Queued;
                183 Session Progress; 199 Early Dialog Terminated;
                200 OK; 202 Accepted; 204 No Notification;
                300 Multiple Choices; 301 Moved Permanently; 302 Moved Temporarily; 305 Use Proxy;
                380 Alternative Service;
                400 Bad Request; 401 Unauthorized; 402 Payment Required; 403 Forbidden;
                404 Not Found; 405 Method Not Allowed; 406 Not Acceptable;
                407 Proxy Authentication Required; 408 Request Timeout; 410 Gone;
                412 Conditional Request Failed; 413 Request Entity Too Large;
                414 Request-URI Too Long; 415 Unsupported Media Type; 416 Unsupported URI Scheme;
                420 Bad Extension; 421 Extension Required; 422 Session Interval Too Small;
                423 Interval Too Brief; 430 Flow Failed; 439 First Hop Lacks Outbound Support;
                440 Max-Breadth Exceeded; 469 Bad Info Package; 480 Temporarily Unavailable;
                481 Call/Transaction Does Not Exist; 482 Loop Detected; 483 Too Many Hops;
                484 Address Incomplete; 485 Ambiguous; 486 Busy Here; 487 Request Terminated;
                488 Not Acceptable Here; 489 Bad Event; 491 Request Pending; 493 Undecipherable;
                500 Server Internal Error; 501 Not Implemented; 502 Bad Gateway;
                503 Service Unavailable; 504 Server Time-out; 505 Version Not Supported;
                513 Message Too Large;
                600 Busy Everywhere; 603 Decline; 604 Does Not Exist Anywhere; 606 Not Acceptable
                """.strip().split(";\\s+"))
            REASONS[Integer.parseInt(each.substring(0, 3))] = each.substring(4);
    }

    private Status() {}

    /// The reason phrase of a status; of one that is not known, that of its class.
    public static String reason(int status) {
        if (REASONS[status] != null) return REASONS[status];
        //= rfc3261#8.1.3.2-2 an unknown provisional status is taken as 183
        if (status < 200) return REASONS[183];
        //= rfc3261#8.1.3.2-1 an unknown final status is taken as x00 of its class
        return REASONS[status / 100 * 100];
    }
}
