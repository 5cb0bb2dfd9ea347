package p2psip.app.capture;

/// What packets are judged as, from the bottom up.
public enum Protocol {
    IP, SIP, SDP, RTP, RTCP, TELEPHONE_EVENT("telephone-event"), SRTP, SRTCP, DTLS, STUN,
    OVERLAY("overlay"),
    /// Of none of the protocols of its port.
    PLAIN("plain data");

    private final String name;

    Protocol() { name = name(); }

    Protocol(String name) { this.name = name; }

    @Override public String toString() { return name; }
}
