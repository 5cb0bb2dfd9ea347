package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.srtp.Armour;
import p2psip.std.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4568.CryptoAttribute;

/// Packets that are nearly right come to the ports of a call: nothing is thrown and nothing grows,
/// and afterwards the peer is heard as before.
class SecretNonsenseTest {
    /// Of all kinds together a million, at night.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 250_000 : 4_000;

    private static final String KEY = "1 AES_CM_128_HMAC_SHA1_80 inline:"
            + "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm";
    private static final InetSocketAddress REPORTS = MachineRoom.address("10.0.0.2", 4001);

    private enum Kind {
        CLEAR("m=audio 4000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n"),
        TOLD("m=audio 4000 RTP/SAVP 0\na=rtpmap:0 PCMU/8000\na=crypto:" + KEY + "\n"),
        SHAKEN("m=audio 4000 UDP/TLS/RTP/SAVP 0\na=setup:passive\na=fingerprint:sha-256 "
                + "AB:".repeat(31) + "AB\n");

        private final String media;

        Kind(String media) { this.media = media; }
    }

    private final SplittableRandom random = new SplittableRandom(3711);
    private final Armour peer = new Armour();

    SecretNonsenseTest() {
        var keys = CryptoAttribute.parse(KEY).protection().orElseThrow();
        peer.told(keys, true, keys, true);
    }

    private static RtpPacket sound(int number) {
        return RtpPacket.of(false, 0, new SequenceNumber(number & 0xffff), number * 160L, 77,
                Bytes.wrap(new byte[160]));
    }

    private Bytes sealed(Kind kind, boolean rtp, Bytes plain) {
        return kind == Kind.TOLD ? peer.put(rtp, plain).orElseThrow() : plain;
    }

    private static Bytes report() {
        return new CompoundPacket(new RtcpPacket.ReceiverReport(77, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(77, "peer")).encode();
    }

    private Bytes mutated(Bytes original) {
        var bytes = original.toArray();
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--)
            switch (random.nextInt(5)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
                case 3 -> bytes[random.nextInt(Math.min(12, bytes.length))] =
                        (byte) random.nextInt();
                default -> bytes[0] = (byte) random.nextInt(20, 64);   // DTLS, or nothing
            }
        return Bytes.wrap(bytes);
    }

    @ParameterizedTest @EnumSource void a_call_survives(Kind kind) {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1").calls(1)
                .speaking(Formats.of("pcmu", false)).playing(new Source.Silence()), 42);
        room.request("INVITE", MachineRoom.sdp(kind.media));
        room.request("ACK", "");
        room.run(100);
        assertThat(room.news(News.Established.class)).hasSize(1);
        var here = room.sound();
        var control = new InetSocketAddress(here.getAddress(), here.getPort() + 1);
        var seeds = List.of(sealed(kind, true, sound(1).encode()),
                sealed(kind, true, sound(2).encode()), sealed(kind, false, report()),
                Bytes.hex("16feff0000000000000000005d010000510000000000000051fefd"));
        for (int i = 0; i < PACKETS; i++) {
            var bytes = mutated(seeds.get(i % seeds.size()));
            if (i % 3 == 0) room.hear(control, REPORTS, bytes);
            else room.hear(here, MachineRoom.SOUND, bytes);
            if (i % 500 == 0) {
                room.run(20);
                room.media.clear();
                room.remarks.clear();
            }
        }
        room.media.clear();
        room.run(10_000);   // those who sent nonsense are forgotten
        for (int i = 100; i < 200 && kind != Kind.SHAKEN; i++) {
            room.hear(here, MachineRoom.SOUND, sealed(kind, true, sound(i).encode()));
            room.run(20);
        }
        if (kind == Kind.SHAKEN) assertThat(room.media).isEmpty();
        else assertThat(room.media).hasSizeBetween(400, 800);
        room.command(new PhoneCommand.HangUp(room.number()));
        if (room.sip.getLast().startsWith("BYE")) room.respond("200 OK", "");
        var counted = room.counted();
        if (kind == Kind.TOLD) {
            assertThat(counted.received()).isBetween(100L, 110L);
            assertThat(counted.refused().orElseThrow().forged()).isGreaterThan(PACKETS / 10);
        }
        if (kind == Kind.SHAKEN) assertThat(counted.received()).isZero();
    }

    @Test void a_handshake_that_waits_keeps_little() {
        var shield = new Shield(1, new Keying.Means(Secrecy.TAKEN, false, () ->
                MediaCertificate.make(random, Instant.EPOCH)),
                new Shield.Exit() {
                    @Override public boolean open(boolean rtp, Instant now) { return false; }

                    @Override public void send(boolean rtp, Bytes datagram, Instant now) { }

                    @Override public boolean found() { return false; }
                }, random, new Outbox<>());
        shield.offered(true);
        for (int i = 0; i < PACKETS; i++)
            shield.came(i % 2 == 0, mutated(Bytes.hex("16feff0000")), Instant.EPOCH);
        assertThat(shield.waits()).isTrue();
        assertThat(shield.put(true, sound(1).encode())).isEmpty();
    }
}
