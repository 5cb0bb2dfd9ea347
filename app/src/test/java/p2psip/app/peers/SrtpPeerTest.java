package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.SequenceNumber;
import p2psip.std.rfc3551.G711;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4568.CryptoAttribute;
import p2psip.std.rfc7983.PacketKind;

/// Sound under keys that stand in a description, to ffmpeg and from it, which has an SRTP of its
/// own.
@Tag("peer")
class SrtpPeerTest {
    private static final String KEY = "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm";
    private static final String SUITE = "AES_CM_128_HMAC_SHA1_80";
    private static final int HERTZ = 440, PACKET = 160;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir Path folder;

    @BeforeEach void ffmpeg() { Programs.assumeThere("ffmpeg"); }

    private static CryptoAttribute.Protection protection() {
        return CryptoAttribute.parse("1 " + SUITE + " inline:" + KEY).protection().orElseThrow();
    }

    @Test void we_hear_what_ffmpeg_sends() throws Exception {
        var receiver = new SrtpReceiver(protection().policy(), protection().keys().getFirst());
        var samples = new ArrayList<Short>();
        int reports = 0;
        try (var programs = new Programs(folder);
                var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            socket.setSoTimeout(100);
            int port = socket.getLocalPort();
            var ffmpeg = programs.start("ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-f",
                    "lavfi", "-i", "sine=f=" + HERTZ + ":r=8000:d=0.6", "-c:a", "pcm_mulaw", "-f",
                    "rtp", "-srtp_out_suite", SUITE, "-srtp_out_params", KEY,
                    "srtp://127.0.0.1:" + port + "?rtcpport=" + port + "&pkt_size=200");
            var buffer = ByteBuffer.allocate(2000);
            for (boolean alive = true; alive;) {
                alive = ffmpeg.isAlive();
                var datagram = new DatagramPacket(buffer.array(), buffer.capacity());
                try {
                    socket.receive(datagram);
                } catch (SocketTimeoutException e) {
                    continue;
                }
                buffer.clear().limit(datagram.getLength());
                if (PacketKind.of(Bytes.from(buffer.duplicate())) == PacketKind.RTCP) {
                    assertThat(receiver.unprotectRtcp(buffer)).isEqualTo(Verdict.DONE);
                    reports++;
                } else {
                    assertThat(receiver.unprotectRtp(buffer)).isEqualTo(Verdict.DONE);
                    for (short sample : G711.PCMU.decode(
                            RtpPacket.parse(buffer).payload().buffer())) samples.add(sample);
                }
            }
            assertThat(samples).as(programs.output()).hasSizeGreaterThan(4000);
        }
        var all = new short[samples.size()];
        for (int i = 0; i < all.length; i++) all[i] = samples.get(i);
        assertThat(Tone.share(all, HERTZ)).isGreaterThan(0.95);
        assertThat(reports).isPositive();
        assertThat(receiver.streams()).isEqualTo(1);
    }

    @Test void ffmpeg_hears_what_we_send() throws Exception {
        var sender = new SrtpSender(protection().policy(), protection().keys().getFirst());
        int port = Ports.pair();
        Files.writeString(folder.resolve("call.sdp"), """
                v=0
                o=- 0 0 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/SAVP 0
                a=crypto:1 %s inline:%s
                """.formatted(port, SUITE, KEY));
        try (var programs = new Programs(folder);
                var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            var ffmpeg = programs.start("ffmpeg", "-nostdin", "-y", "-loglevel", "error",
                    "-protocol_whitelist", "file,udp,rtp,srtp", "-analyzeduration", "0", "-i",
                    "call.sdp", "-t", "0.5", "out.wav");
            var end = System.nanoTime() + PATIENCE.toNanos();
            // it says nothing of when it listens: what comes before is lost
            for (int i = 0; ffmpeg.isAlive() && System.nanoTime() < end; i++) {
                var packet = packet(i);
                assertThat(sender.protectRtp(packet)).isEqualTo(Verdict.DONE);
                socket.send(new DatagramPacket(packet.array(), packet.limit(),
                        InetAddress.ofLiteral("127.0.0.1"), port));
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(ffmpeg.waitFor(PATIENCE)).isTrue();
            assertThat(folder.resolve("out.wav")).as(programs.output()).exists();
        }
        assertThat(Tone.share(folder.resolve("out.wav"), HERTZ)).isGreaterThan(0.9);
    }

    @Test void gstreamer_hears_our_keys() throws Exception {
        Programs.assumeThere("gst-launch-1.0");
        var sender = new SrtpSender(protection().policy(), protection().keys().getFirst());
        int port = Ports.pair();
        var key = HexFormat.of().formatHex(Base64.getDecoder().decode(KEY));
        try (var programs = new Programs(folder);
                var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            var gst = programs.start("gst-launch-1.0", "-q", "udpsrc", "port=" + port,
                    "address=127.0.0.1", "num-buffers=60", "caps=application/x-srtp,media=audio,"
                    + "clock-rate=8000,encoding-name=PCMU,payload=0,ssrc=(uint)7,"
                    + "srtp-key=(buffer)" + key + ",srtp-cipher=aes-128-icm,"
                    + "srtp-auth=hmac-sha1-80,srtcp-cipher=aes-128-icm,srtcp-auth=hmac-sha1-80",
                    "!", "srtpdec", "!", "rtppcmudepay", "!", "mulawdec", "!", "wavenc", "!",
                    "filesink", "location=out.wav");
            var end = System.nanoTime() + PATIENCE.toNanos();
            for (int i = 0; gst.isAlive() && System.nanoTime() < end; i++) {
                var packet = packet(i);
                assertThat(sender.protectRtp(packet)).isEqualTo(Verdict.DONE);
                socket.send(new DatagramPacket(packet.array(), packet.limit(),
                        InetAddress.ofLiteral("127.0.0.1"), port));
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(gst.waitFor(PATIENCE)).isTrue();
            assertThat(folder.resolve("out.wav")).as(programs.output()).isNotEmptyFile();
        }
        assertThat(Tone.share(folder.resolve("out.wav"), HERTZ)).isGreaterThan(0.9);
    }

    private static ByteBuffer packet(int number) {
        var sound = new short[PACKET];
        for (int i = 0; i < PACKET; i++) sound[i] = (short) (8000
                * Math.sin(2 * Math.PI * HERTZ * (number * PACKET + i) / 8000));
        var packet = RtpPacket.of(false, 0, new SequenceNumber(number & 0xffff),
                (long) number * PACKET, 7, Bytes.from(G711.PCMU.encode(sound)));
        var buffer = ByteBuffer.allocate(packet.size() + 32);
        packet.encode(buffer);
        return buffer.flip();
    }
}
