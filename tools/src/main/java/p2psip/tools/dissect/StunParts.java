package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// The parts of a STUN message.
final class StunParts {
    private static final String HEADER = "rfc8489#5";
    private static final int COOKIE = 0x2112a442;

    private StunParts() {}

    static void message(Knife knife, Bytes bytes) {
        var message = Message.parse(bytes);
        int type = bytes.buffer().getShort(0);
        knife.number(2, "first", 0, "00", 
                "These two bits tell STUN from RTP and from the overlay.", HEADER);
        knife.number(14, "type", type & 0x3fff, "0x%04x".formatted(type), "Method "
                + (message.method() == Message.BINDING ? "Binding" : "" + message.method())
                + " and class " + message.kind().name().toLowerCase(Locale.ROOT)
                + ": the bits of the class stand between those of the method.", HEADER);
        knife.number(16, "length", bytes.size() - 20, "Bytes after these twenty.", HEADER);
        knife.number(32, "magic cookie", COOKIE, "0x2112a442",
                "Always this: a message of the year 2003 had chance here.", HEADER);
        var id = message.id().bytes().slice(4, 16);
        knife.bytes("transaction ID", id, id.hex(),
                "96 bits of chance: nobody off the way can make up the answer.", HEADER);
        message.attributes().forEach(attribute -> attribute(knife, message, attribute));
    }

    private static void attribute(Knife knife, Message message, Attribute attribute) {
        var raw = Table.RFC8489.raw(attribute, message.id());
        var value = raw.value();
        var section = section(attribute);
        knife.number(16, "attribute", raw.type(), "0x%04x".formatted(raw.type()),
                Table.RFC8489.row(raw.type()).map(Table.Row::name).orElse("Unknown")
                + (raw.type() < 0x8000 ? ": who does not know it must refuse."
                        : ": who does not know it passes it over."), section);
        knife.number(16, "length", value.size(), "Bytes of value, without padding.",
                "rfc8489#14");
        switch (attribute) {
            case Attribute.XorMappedAddress(var address) -> address(knife, value, address, section);
            case Attribute.Software(var text) ->
                    knife.bytes("value", value, text, "Which program speaks.", section);
            case Attribute.Fingerprint(int crc) -> knife.number(32, "value", crc & 0xffff_ffffL,
                    "0x%08x".formatted(crc), "CRC-32 of all before it, XORed with \"STUN\": right"
                    + " only in a STUN message.", section);
            default -> knife.bytes("value", value, value.hex(), "As its section says.", section);
        }
        int padding = -value.size() & 3;
        knife.bytes("padding", Bytes.wrap(new byte[padding]), padding + " zeros",
                "Fills the word.", "rfc8489#14");
    }

    private static void address(
            Knife knife, Bytes value, InetSocketAddress address, String section) {
        boolean four = address.getAddress() instanceof Inet4Address;
        knife.number(8, "zero", 0, "Only aligns the rest.", section);
        knife.number(8, "family", four ? 1 : 2, four ? "IPv4." : "IPv6.", section);
        knife.number(16, "X-Port", value.buffer().getShort(2) & 0xffff,
                "" + address.getPort(), "The port the request came from, XORed with the first half"
                + " of the cookie: a NAT that rewrites addresses in packets does not find it.",
                section);
        knife.bytes("X-Address", value.slice(4, value.size()), address.getAddress()
                .getHostAddress(), "The address, XORed with the cookie"
                + (four ? "." : " and the transaction ID."), section);
    }

    private static String section(Attribute attribute) {
        return switch (attribute) {
            case Attribute.XorMappedAddress _ -> "rfc8489#14.2";
            case Attribute.Software _ -> "rfc8489#14.14";
            case Attribute.Fingerprint _ -> "rfc8489#14.7";
            default -> "rfc8489#14";
        };
    }
}
