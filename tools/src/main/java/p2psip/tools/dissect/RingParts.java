package p2psip.tools.dissect;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// The parts of a message of the ring, and of the record in it.
///
/// The format is our own; `app/dht` describes it, and a test holds these parts against its codec.
final class RingParts {
    private static final String OWN = "app/dht", RECORD = "app/crypto/SignedRecord",
            JWS = "rfc7515#3.1";

    private RingParts() {}

    static void message(Knife knife, Bytes message) {
        int code = message.at(1) & 0xff;
        knife.number(8, "version", 1, "Of the ring's format.", OWN);
        knife.number(8, "code", code, "0x%02x".formatted(code), sentence(code), OWN);
        number(knife, "id", "By chance; the answer repeats it, so nobody answers unasked.");
        switch (code) {
            case 0x01, 0x02, 0x11, 0x43, 0x44 -> { }
            case 0x03, 0x05, 0x06 -> peers(knife);
            case 0x04 -> small(knife, "row", "Of the routing table.");
            case 0x10 -> {
                small(knife, "hops left", "Each hop takes one: no message circles for ever.");
                number(knife, "request", "The id of the root's answer to the origin.");
                PeerParts.peer(knife);
                point(knife, "point", "Where on the ring the key lies: whoever stands nearest is"
                        + " its root.");
                body(knife);
            }
            case 0x23 -> body(knife);
            case 0x30 -> small(knife, "copies", "How many nodes hold the record now.");
            case 0x31 -> small(knife, "reason", "Why not.");
            case 0x32 -> values(knife);
            case 0x40 -> record(knife);
            case 0x41 -> {
                text(knife, "key", "What is looked up.");
                sum(knife);
            }
            case 0x42 -> {
                small(knife, "root", "1 if the sender is root of the whole arc.");
                arc(knife);
                sum(knife);
            }
            case 0x45 -> {
                int count = count(knife, "tags");
                for (int i = 0; i < count; i++) {
                    number(knife, "name", "A hash of key and owner.");
                    number(knife, "sequence", "Which edition of that record.");
                }
            }
            case 0x46 -> {
                arc(knife);
                int count = count(knife, "names");
                for (int i = 0; i < count; i++) number(knife, "name", "Of a record wanted.");
            }
            default -> throw new IllegalArgumentException("no such message: " + code);
        }
    }

    static String name(int code) {
        return switch (code) {
            case 0x01 -> "Ping: are you there?";
            case 0x02 -> "Pong: yes";
            case 0x03 -> "AskLeaves: here is my leaf set, what is yours?";
            case 0x04 -> "AskRow: what is this row of your routing table?";
            case 0x05 -> "Peers: whom I know";
            case 0x06 -> "Bye: I leave the ring";
            case 0x10 -> "Route: to be passed on to the root of a point";
            case 0x11 -> "Taken: this hop has it";
            case 0x20 -> "Find: who is nearest?";
            case 0x21 -> "Put: keep this record";
            case 0x22 -> "Get: what lies under this key?";
            case 0x23 -> "Errand: do this for me";
            case 0x30 -> "Stored";
            case 0x31 -> "Refused";
            case 0x32 -> "Values: the records found";
            case 0x40 -> "Copy: keep a copy of this";
            case 0x41 -> "Collect: what have you under this key?";
            case 0x42 -> "Compare: what have you on this arc?";
            case 0x43 -> "Same: what you have";
            case 0x44 -> "Split: too much to tell at once";
            case 0x45 -> "Tags: what I have, in brief";
            case 0x46 -> "Want: send me these";
            default -> "nothing known";
        };
    }

    private static String sentence(int code) {
        var name = name(code);
        return name.endsWith("?") ? name : name + ".";
    }

    private static void number(Knife knife, String name, String meaning) {
        long value = knife.next(8).buffer().getLong();
        knife.number(64, name, value, "0x%016x".formatted(value), meaning, OWN);
    }

    private static void small(Knife knife, String name, String meaning) {
        knife.number(8, name, knife.next(1).at(0) & 0xff, meaning, OWN);
    }

    private static int count(Knife knife, String what) {
        int count = knife.next(2).buffer().getShort() & 0xffff;
        knife.number(16, "count", count, "How many " + what + " follow.", OWN);
        return count;
    }

    private static void point(Knife knife, String name, String meaning) {
        var bytes = knife.next(NodeId.BYTES);
        knife.bytes(name, bytes, NodeId.parse(bytes.buffer()).toString(), meaning, OWN);
    }

    private static void peers(Knife knife) {
        int count = knife.next(1).at(0);
        small(knife, "count", "How many nodes follow.");
        for (int i = 0; i < count; i++) PeerParts.peer(knife);
    }

    private static void arc(Knife knife) {
        point(knife, "from", "Where the arc begins.");
        point(knife, "to", "Where it ends.");
    }

    private static void sum(Knife knife) {
        knife.number(32, "count", knife.next(4).buffer().getInt() & 0xffff_ffffL,
                "How many records.", OWN);
        number(knife, "sum", "Their hashes added up: equal sums, equal records.");
    }

    private static void body(Knife knife) {
        int code = knife.next(1).at(0);
        knife.number(8, "body", code, "0x%02x".formatted(code), sentence(code), OWN);
        if (code == 0x21) record(knife);
        if (code == 0x22) text(knife, "key", "The address of record that is looked up.");
    }

    private static void values(Knife knife) {
        small(knife, "part", "Which part of the answer, from 0.");
        small(knife, "parts", "How many parts there are.");
        int count = count(knife, "records");
        for (int i = 0; i < count; i++) record(knife);
    }

    private static int length(Knife knife) {
        int length = knife.next(2).buffer().getShort() & 0xffff;
        knife.number(16, "length", length, "Bytes of text.", OWN);
        return length;
    }

    private static void text(Knife knife, String name, String meaning) {
        var text = knife.next(2).buffer().getShort() & 0xffff;
        length(knife);
        knife.text(name, knife.next(text).utf8(), meaning, OWN);
    }

    /// A signed record, a JWS: `header.claims.signature`, each in base64url.
    private static void record(Knife knife) {
        int length = length(knife);
        var text = knife.next(length).utf8();
        var parts = text.split("\\.", -1);
        var claims = decoded(parts[1]);
        if (!(SignedRecord.verify(text, instant(claims))
                instanceof SignedRecord.Verdict.Valid(var record)))
            throw new IllegalArgumentException("a record that is not valid");
        knife.bytes("JWS header", Bytes.utf8(parts[0]), decoded(parts[0]),
                "Signed with Ed25519.", "rfc8037#3.1");
        knife.text(".", ".", "Between the parts.", JWS);
        knife.bytes("JWS payload", Bytes.utf8(parts[1]), claims, "Under " + record.key()
                + ": who serves it, signed " + record.issued() + ", good until " + record.expires()
                + ".", RECORD);
        knife.text(".", ".", "Between the parts.", JWS);
        knife.bytes("JWS signature", Bytes.utf8(parts[2]), PeerParts.shortened(Bytes.wrap(
                Base64.getUrlDecoder().decode(parts[2]))), "64 bytes by the owner's key over all"
                + " before: checked by whoever stores the record and by whoever fetched it.",
                "rfc8037#3.1");
    }

    private static String decoded(String base64url) {
        return Bytes.wrap(Base64.getUrlDecoder().decode(base64url)).utf8();
    }

    /// The time of signing, at which a record that was ever valid is.
    private static Instant instant(String claims) {
        var issued = Pattern.compile("\"iat\":(\\d+)").matcher(claims);
        return issued.find() ? Instant.ofEpochSecond(Long.parseLong(issued.group(1)))
                : Instant.EPOCH;
    }
}
