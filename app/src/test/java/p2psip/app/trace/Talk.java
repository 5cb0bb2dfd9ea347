package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Trace.What;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.Bytes;

/// A conversation in the making, for tests: who sends what, a millisecond after the last.
final class Talk {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    final List<Trace> traces = new ArrayList<>();

    static InetSocketAddress at(int host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), port);
    }

    /// A datagram that leaves, and if it is heard arrives.
    Talk say(int from, int to, int port, Bytes bytes, boolean heard) {
        var source = at(from, port);
        var target = at(to, port);
        note(from, new Wire(Wire.Kind.DATAGRAM, true, source, target, bytes));
        if (heard) note(to, new Wire(Wire.Kind.DATAGRAM, false, target, source, bytes));
        return this;
    }

    Talk say(int from, int to, Bytes bytes) { return say(from, to, 5060, bytes, true); }

    Talk say(int from, int to, String text) {
        return say(from, to, Bytes.utf8(text.replace("\n", "\r\n")));
    }

    void note(int host, What what) {
        traces.add(new Trace("host " + host, NOON.plusMillis(traces.size()), what));
    }

    Conversation conversation() { return Conversation.of(traces, Dissector.NONE); }

    String page() { return new Viewer(conversation(), Sentences.LINKS).page("talk", List.of()); }

    /// A request that is as it should be.
    static String request(String method, int from, int to, String more) {
        return """
                %s sip:bob@192.0.2.%d SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.%d:5060;branch=z9hG4bK776asdhds
                Max-Forwards: 70
                From: <sip:alice@example.com>;tag=1928301774
                To: <sip:bob@example.com>
                Call-ID: a84b4c76e66710
                CSeq: 1 %s
                %sContent-Length: 0

                """.formatted(method, to, from, method, more);
    }
}
