package p2psip.std.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Each [Target] under Jazzer, which looks for bytes that lead by new ways through the code:
/// `JAZZER_FUZZ=1 mvn -Pfuzz -pl std test -Dtest='ParsersFuzzTest#sip'`.
class ParsersFuzzTest {
    @FuzzTest(maxDuration = "10m") void sip(byte[] data) { Target.SIP.take(data); }

    @FuzzTest(maxDuration = "10m") void sdp(byte[] data) { Target.SDP.take(data); }

    @FuzzTest(maxDuration = "10m") void uri(byte[] data) { Target.URI.take(data); }

    @FuzzTest(maxDuration = "10m") void address(byte[] data) { Target.ADDRESS.take(data); }

    @FuzzTest(maxDuration = "10m") void digest(byte[] data) { Target.DIGEST.take(data); }

    @FuzzTest(maxDuration = "10m") void via(byte[] data) { Target.VIA.take(data); }

    @FuzzTest(maxDuration = "10m") void stun(byte[] data) { Target.STUN.take(data); }

    @FuzzTest(maxDuration = "10m") void rtp(byte[] data) { Target.RTP.take(data); }

    @FuzzTest(maxDuration = "10m") void rtcp(byte[] data) { Target.RTCP.take(data); }

    @FuzzTest(maxDuration = "10m") void xml(byte[] data) { Target.XML.take(data); }

    @FuzzTest(maxDuration = "10m") void websocket(byte[] data) { Target.WEBSOCKET.take(data); }
}
