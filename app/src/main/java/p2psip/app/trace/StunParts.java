package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;

/// The parts of a STUN message.
final class StunParts {
    private static final String HEADER = "rfc8489#5";
    private static final int COOKIE = 0x2112a442;

    private StunParts() {}

    /// `STUN Binding request`.
    static String summary(Bytes bytes) {
        var message = Message.parse(bytes);
        return "STUN " + method(message) + " " + message.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String method(Message message) {
        return message.method() == Message.BINDING ? "Binding" : "method " + message.method();
    }

    static void message(Knife knife, Bytes bytes) {
        var message = Message.parse(bytes);
        int type = bytes.buffer().getShort(0);
        knife.number(2, "first", 0, "00",
                "These two bits tell STUN from RTP and from the overlay.", HEADER + "¶3");
        knife.number(14, "type", type & 0x3fff, "0x%04x".formatted(type), "Method "
                + method(message) + " and class " + message.kind().name().toLowerCase(Locale.ROOT)
                + ": the bits of the class stand between those of the method.", HEADER + "¶4");
        knife.number(16, "length", bytes.size() - 20, "Bytes after these twenty.", HEADER + "¶11");
        knife.number(32, "magic cookie", COOKIE, "0x2112a442",
                "Always this: a message of the year 2003 had chance here.", HEADER + "¶9");
        var id = message.id().bytes().slice(4, 16);
        knife.bytes("transaction ID", id, id.hex(),
                "96 bits of chance: nobody off the way can make up the answer.", HEADER + "¶10");
        message.attributes().forEach(attribute -> attribute(knife, message, attribute));
        knife.bytes("more", knife.next(knife.left()), knife.left() + " bytes",
                "Attributes that no receiver counts: they stand where none may.", HEADER + "¶12");
    }

    private static void attribute(Knife knife, Message message, Attribute attribute) {
        var raw = Table.RFC8489.raw(attribute, message.id());
        var value = raw.value();
        var source = source(raw.type());
        knife.number(16, "attribute", raw.type(), "0x%04x".formatted(raw.type()),
                Table.RFC8489.row(raw.type()).map(Table.Row::name).orElse("Unknown")
                + (raw.type() < 0x8000 ? ": who does not know it must refuse."
                        : ": who does not know it passes it over."), source);
        knife.number(16, "length", value.size(), "Bytes of value, without padding.",
                "rfc8489#14¶2");
        switch (attribute) {
            case Attribute.XorMappedAddress(var address) -> address(knife, value, address);
            case Attribute.Fingerprint(int crc) -> knife.number(32, "value", crc & 0xffff_ffffL,
                    "0x%08x".formatted(crc), "CRC-32 of all before it, XORed with \"STUN\": right"
                    + " only in a STUN message.", "rfc8489#14.7¶2");
            case Attribute.Software(var text) ->
                    knife.bytes("value", value, text, "Which program speaks.", source);
            case Attribute.Username(var text) ->
                    knife.bytes("value", value, text, "Whose password the hash is of.", source);
            case Attribute.ErrorCode(int code, var reason) -> knife.bytes("value", value,
                    code + " " + reason, "Why not, for programs and for people.", source);
            default -> knife.bytes("value", value, value.hex(), "As its section says.", source);
        }
        int padding = Math.min(-value.size() & 3, knife.left());
        knife.bytes("padding", knife.next(padding), padding + " bytes", "Fills the word.",
                "rfc8489#14¶1");
    }

    private static void address(Knife knife, Bytes value, InetSocketAddress address) {
        boolean four = address.getAddress() instanceof Inet4Address;
        knife.number(8, "zero", knife.ahead(8), "Only aligns the rest.", "rfc8489#14.1¶4");
        knife.number(8, "family", four ? 1 : 2, four ? "IPv4." : "IPv6.", "rfc8489#14.2¶3");
        knife.number(16, "X-Port", value.buffer().getShort(2) & 0xffff,
                "" + address.getPort(), "The port the request came from, XORed with the first half"
                + " of the cookie: a NAT that rewrites addresses in packets does not find it.",
                "rfc8489#14.2¶4");
        knife.bytes("X-Address", value.slice(4, value.size()), address.getAddress()
                .getHostAddress(), "The address, XORed with the cookie"
                + (four ? "." : " and the transaction ID."), "rfc8489#14.2¶4");
    }

    static String source(int type) {
        return "rfc8489#14" + switch (type) {
            case 0x0001 -> ".1¶1";
            case 0x0006 -> ".3¶1";
            case 0x0008 -> ".5¶1";
            case 0x0009 -> ".8¶1";
            case 0x000a -> ".13¶1";
            case 0x0014 -> ".9¶1";
            case 0x0015 -> ".10¶1";
            case 0x001c -> ".6¶1";
            case 0x001d -> ".12¶1";
            case 0x001e -> ".4¶1";
            case 0x0020 -> ".2¶1";
            case 0x8002 -> ".11¶1";
            case 0x8003 -> ".16¶1";
            case 0x8022 -> ".14¶1";
            case 0x8023 -> ".15¶1";
            case 0x8028 -> ".7¶1";
            default -> "¶4";
        };
    }
}
