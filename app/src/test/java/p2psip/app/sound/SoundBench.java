package p2psip.app.sound;

import java.lang.management.ManagementFactory;
import module java.base;
import p2psip.std.Bytes;
import p2psip.std.g722.G722;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3551.*;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4568.CryptoAttribute;

/// Processor time of one thread for a frame of a conference of fifty who all speak, and for a
/// packet that is sealed.
///
/// ```
/// java -cp std/target/classes:app/target/classes:app/target/test-classes:LIBRARIES \
///     p2psip.app.sound.SoundBench
/// ```
final class SoundBench {
    private static final int PARTIES = 50, ROUNDS = 3, FRAMES = 250, PACKETS = 1_000_000;

    private SoundBench() {}

    public static void main(String[] words) {
        for (int round = 1; round <= ROUNDS; round++) {
            for (var codec : List.of(G711.PCMU, G722.G722, Opus.OPUS))
                System.out.printf("%d: a frame of %d by %s: %.2f ms%n", round, PARTIES,
                        codec.encoding(), conference(codec) / 1e6);
            System.out.printf("%d: a packet sealed: %.0f ns%n", round, sealed());
        }
    }

    private static long clock() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Everybody is decoded, hears all the others, and that is encoded.
    private static double conference(Codec codec) {
        int size = codec.samples(Duration.ofMillis(20));
        var mixer = new Mixer<Integer>(size);
        var payloads = new ArrayList<ByteBuffer>();
        var decoders = new ArrayList<Codec.Decoder>();
        var encoders = new ArrayList<Codec.Encoder>();
        for (int who = 0; who < PARTIES; who++) {
            payloads.add(codec.encoder().encode(Voice.frame(
                    Voice.vowel(codec.sampleRate(), 1), who % 25, size)));
            decoders.add(codec.decoder());
            encoders.add(codec.encoder());
        }
        long begun = clock();
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int who = 0; who < PARTIES; who++)
                mixer.say(who, decoders.get(who).decode(payloads.get(who).duplicate()));
            for (int who = 0; who < PARTIES; who++)
                encoders.get(who).encode(mixer.hear(who));
            mixer.next();
        }
        return (clock() - begun) / (double) FRAMES;
    }

    /// Of 172 bytes, by AES-CM-128 and HMAC-SHA1-80.
    private static double sealed() {
        var keys = CryptoAttribute.parse("1 AES_CM_128_HMAC_SHA1_80 "
                + "inline:4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm").protection().orElseThrow();
        var sender = new SrtpSender(keys.policy(), keys.keys().getFirst());
        var buffer = ByteBuffer.allocate(200);
        var plain = RtpPacket.of(false, 0, new SequenceNumber(0), 0, 77,
                Bytes.wrap(new byte[160])).encode();
        long begun = clock();
        for (int i = 0; i < PACKETS; i++) {
            buffer.clear();
            plain.to(buffer).putShort(2, (short) i).flip();
            if (sender.protectRtp(buffer) != Verdict.DONE) throw new AssertionError("packet " + i);
        }
        return (clock() - begun) / (double) PACKETS;
    }
}
