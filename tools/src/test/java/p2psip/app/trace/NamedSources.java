package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc8489.*;

/// All that who takes messages apart may name as the source of what he says, for a test that looks
/// whether it is there.
public final class NamedSources {
    private NamedSources() {}

    public static Set<String> all() {
        var all = new TreeSet<String>();
        HeaderMeaning.sources().forEach(all::add);
        for (int type = 0; type < 0x10000; type++)
            if (Table.RFC8489.row(type).isPresent()) all.add(StunParts.source(type));
        var knife = new Knife(Bytes.utf8(SDP));
        SdpParts.description(knife, Bytes.utf8(SDP));
        knife.fields().forEach(field -> all.add(field.source()));
        for (var bytes : List.of(media(), reports(), stun(), Bytes.utf8("\r\n\r\n"),
                Bytes.utf8("OPTIONS a:b SIP/2.0\r\nl: 1\r\n\r\nab")))
            new Surgeon(Dissector.NONE).cut(bytes, Bytes.EMPTY, new InetSocketAddress(1),
                    new InetSocketAddress(2)).fields().forEach(field -> all.add(field.source()));
        return all;
    }

    private static final String SDP = """
            v=0
            o=
            s=
            i=
            c=
            b=
            t=
            m=
            z=
            a=rtpmap:
            a=fmtp:
            a=ptime:
            a=maxptime:
            a=recvonly
            a=sendrecv
            a=sendonly
            a=inactive
            a=else
            """;

    private static Bytes media() {
        return new RtpPacket(false, 8, new SequenceNumber(1), 2, 3, List.of(4L),
                new RtpPacket.Extension(5, Bytes.hex("00000006")), Bytes.hex("d5"), 3).encode();
    }

    private static Bytes reports() {
        return new CompoundPacket(
                new RtcpPacket.SenderReport(1, NtpTimestamp.NONE, 2, 3, 4,
                        List.of(new ReportBlock(5, 6, -7, 8, 9, 10, 11)), Bytes.hex("00000001")),
                new RtcpPacket.ReceiverReport(1, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(1, "a"),
                new RtcpPacket.App(1, 2, "test", Bytes.EMPTY),
                new RtcpPacket.Unknown(205, 1, Bytes.hex("00000001")),
                new RtcpPacket.Bye(List.of(1L), "over")).encode();
    }

    private static Bytes stun() {
        return new Message(Message.Kind.SUCCESS, Message.BINDING,
                TransactionId.random(new SplittableRandom(1)), List.of(
                new Attribute.XorMappedAddress(new InetSocketAddress(1)),
                new Attribute.Software("odd"), new Attribute.Fingerprint(1))).encode();
    }
}
