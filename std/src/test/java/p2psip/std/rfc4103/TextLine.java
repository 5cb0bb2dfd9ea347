package p2psip.std.rfc4103;

import module java.base;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.SequenceNumber;
import p2psip.std.rfc4103.TextSender.Input;
import p2psip.std.rfc4103.TextSender.Output;

/// A sender whose packets get their numbers, and a receiver to hear them, on a virtual clock.
final class TextLine {
    static final TextFormat RED = TextFormat.of(98, 100);

    /// @param at in milliseconds
    record Key(long at, String text) {}

    record Packet(long at, RtpPacket rtp) {}

    private TextLine() {}

    static List<Packet> sent(TextFormat format, List<Key> keys) {
        return sent(new TextSender(format), keys, 65_530);
    }

    static List<Packet> sent(TextSender sender, List<Key> keys, int number) {
        var packets = new ArrayList<Packet>();
        for (var key : keys) {
            run(sender, key.at, number, packets);
            take(sender.handle(new Input.Type(key.text), Instant.ofEpochMilli(key.at)),
                    key.at, number, packets);
        }
        run(sender, 10_000_000, number, packets);
        return packets;
    }

    private static void run(TextSender sender, long until, int number, List<Packet> packets) {
        while (sender.deadline().isBefore(Instant.ofEpochMilli(until))) {
            var now = sender.deadline();
            take(sender.wake(now), now.toEpochMilli(), number, packets);
        }
    }

    private static void take(List<Output> out, long at, int number, List<Packet> packets) {
        for (var output : out)
            if (output instanceof Output.Send(var marker, int type, long timestamp, var payload))
                packets.add(new Packet(at, RtpPacket.of(marker, type,
                        new SequenceNumber(number + packets.size() & 0xffff), timestamp, 7,
                        payload)));
    }

    /// What is told of the packets, each handed over at its time, in this order.
    static String heard(TextFormat format, List<Packet> packets) {
        var receiver = new TextReceiver(format);
        var text = new StringBuilder();
        for (var packet : packets) {
            var now = Instant.ofEpochMilli(packet.at);
            while (!receiver.deadline().isAfter(now))
                text.append(text(receiver.wake(receiver.deadline())));
            text.append(text(receiver.handle(new TextReceiver.Input.Received(packet.rtp), now)));
        }
        while (receiver.deadline().isBefore(Instant.MAX))
            text.append(text(receiver.wake(receiver.deadline())));
        return text.toString();
    }

    static String text(List<TextReceiver.Output> out) {
        return out.stream().map(o -> ((TextReceiver.Output.Text) o).text())
                .collect(Collectors.joining());
    }
}
