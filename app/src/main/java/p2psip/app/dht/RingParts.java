package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.app.trace.Knife;
import p2psip.std.Bytes;

/// The parts of a message of the ring, and of the record in it, as [Codec] has read them.
public final class RingParts {
    private static final String OWN = "app/dht", RECORD = "app/crypto/SignedRecord",
            JWS = "rfc7515#7.1¶1", SIGNATURE = "rfc8037#3.1¶1";

    private RingParts() {}

    /// Cuts all that a payload of the overlay holds for the ring.
    ///
    /// @throws SyntaxException if it is no message of the ring
    public static void message(Knife knife, Bytes bytes) {
        var message = Message.parse(bytes);
        var code = Codec.code(message);
        knife.number(8, "version", Codec.VERSION, "Of the ring's format.", OWN);
        knife.number(8, "code", code.number, "0x%02x".formatted(code.number), sentence(code), OWN);
        number(knife, "id", message.id(),
                "By chance; the answer repeats it, so nobody answers unasked.");
        switch (message) {
            case Message.Ping m -> number(knife, "common", m.common(),
                    "Who stands about the two, hashed: if both agree nothing more is said.");
            case Message.Pong _, Message.Taken _, Message.Same _ -> { }
            case Message.Sums m -> m.sums().forEach(sum -> sum(knife, sum));
            case Message.AskLeaves m -> peers(knife, m.leaves());
            case Message.Peers m -> peers(knife, m.peers());
            case Message.Bye m -> peers(knife, m.leaves());
            case Message.AskRow m -> {
                small(knife, "row", m.row(), "Of the routing table.");
                knife.number(16, "have", m.have(), "0x%04x".formatted(m.have()),
                        "A bit for each of its cells that I have somebody in.", OWN);
            }
            case Message.Route m -> {
                small(knife, "hops left", m.hops(),
                        "Each hop takes one: no message circles for ever.");
                number(knife, "request", m.request(), "The id of the root's answer to the origin.");
                PeerParts.peer(knife, m.origin());
                PeerParts.point(knife, "point", m.point(), "Where on the ring the key lies: whoever"
                        + " stands nearest is its root.", OWN);
                body(knife, m.body());
            }
            case Message.Errand m -> body(knife, m.body());
            case Message.Stored m -> small(knife, "copies", m.copies(),
                    "How many nodes hold the record now.");
            case Message.Refused m -> small(knife, "reason", m.why().number,
                    "Why not: " + m.why().why + ".");
            case Message.Values m -> {
                small(knife, "part", m.part(), "Which part of the answer, from 0.");
                small(knife, "parts", m.parts(), "How many parts there are.");
                count(knife, m.records().size(), "records");
                m.records().forEach(record -> record(knife, record));
            }
            case Message.Copy m -> record(knife, m.record());
            case Message.Collect m -> {
                text(knife, "key", m.key(), "What is looked up.");
                sum(knife, m.sum());
            }
            case Message.Compare m -> {
                small(knife, "root", m.root() ? 1 : 0, "1 if the sender is root of the whole arc.");
                arc(knife, m.arc());
                sum(knife, m.sum());
            }
            case Message.Tags m -> {
                count(knife, m.tags().size(), "tags");
                for (var tag : m.tags()) {
                    number(knife, "name", tag.name(), "A hash of key and owner.");
                    number(knife, "sequence", tag.sequence(), "Which edition of that record.");
                }
            }
            case Message.Want m -> {
                arc(knife, m.arc());
                count(knife, m.names().size(), "names");
                for (long name : m.names()) number(knife, "name", name, "Of a record wanted.");
            }
        }
    }

    private static String sentence(Code code) {
        return switch (code) {
            case PING -> "Ping: are you there?";
            case PONG -> "Pong: yes.";
            case ASK_LEAVES -> "AskLeaves: here is my leaf set, what is yours?";
            case ASK_ROW -> "AskRow: what is this row of your routing table?";
            case PEERS -> "Peers: whom I know.";
            case BYE -> "Bye: I leave the ring.";
            case ROUTE -> "Route: to be passed on to the root of a point.";
            case TAKEN -> "Taken: this hop has it.";
            case FIND -> "Find: who is nearest?";
            case PUT -> "Put: keep this record.";
            case GET -> "Get: what lies under this key?";
            case CHECK -> "Check: do you know what I know under this key?";
            case ERRAND -> "Errand: do this for me.";
            case STORED -> "Stored.";
            case REFUSED -> "Refused.";
            case VALUES -> "Values: the records found.";
            case COPY -> "Copy: keep a copy of this.";
            case COLLECT -> "Collect: what have you under this key?";
            case COMPARE -> "Compare: what have you on this arc?";
            case SAME -> "Same: what you have.";
            case SUMS -> "Sums: what I have on each sixteenth of the arc, in brief.";
            case TAGS -> "Tags: what I have, in brief.";
            case WANT -> "Want: send me these.";
        };
    }

    private static void number(Knife knife, String name, long value, String meaning) {
        knife.number(64, name, value, "0x%016x".formatted(value), meaning, OWN);
    }

    private static void small(Knife knife, String name, int value, String meaning) {
        knife.number(8, name, value, meaning, OWN);
    }

    private static void count(Knife knife, int count, String what) {
        knife.number(16, "count", count, "How many " + what + " follow.", OWN);
    }

    private static void peers(Knife knife, List<Peer> peers) {
        small(knife, "count", peers.size(), "How many nodes follow.");
        peers.forEach(peer -> PeerParts.peer(knife, peer));
    }

    private static void arc(Knife knife, Arc arc) {
        PeerParts.point(knife, "from", arc.from(), "Where the arc begins.", OWN);
        PeerParts.point(knife, "to", arc.to(), "Where it ends.", OWN);
    }

    private static void sum(Knife knife, Summary sum) {
        knife.number(32, "count", sum.count(), "How many records.", OWN);
        number(knife, "sum", sum.sum(), "Their hashes added up: equal sums, equal records.");
    }

    private static void body(Knife knife, Body body) {
        var code = Codec.code(body);
        knife.number(8, "body", code.number, "0x%02x".formatted(code.number), sentence(code), OWN);
        switch (body) {
            case Body.Find() -> { }
            case Body.Put(var record) -> record(knife, record);
            case Body.Get(var key) -> text(knife, "key", key,
                    "The address of record that is looked up.");
            case Body.Check(var key, var sum) -> {
                text(knife, "key", key, "The address of record whose copies are compared.");
                sum(knife, sum);
            }
        }
    }

    private static void length(Knife knife, String text) {
        knife.number(16, "length", Bytes.utf8(text).size(), "Bytes of text.", OWN);
    }

    private static void text(Knife knife, String name, String text, String meaning) {
        length(knife, text);
        knife.text(name, text, meaning, OWN);
    }

    /// A signed record, a JWS: `header.claims.signature`, each in base64url.
    private static void record(Knife knife, String text) {
        length(knife, text);
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            knife.text("record", text, "No record: it has not three parts.", RECORD);
            return;
        }
        var claims = decoded(parts[1]).utf8();
        knife.bytes("JWS header", Bytes.utf8(parts[0]), decoded(parts[0]).utf8(),
                "Signed with Ed25519.", SIGNATURE);
        knife.text(".", ".", "Between the parts.", JWS);
        knife.bytes("JWS payload", Bytes.utf8(parts[1]), claims,
                switch (SignedRecord.verify(text)) {
                    case SignedRecord.Verdict.Valid(var record) -> "Under " + record.key()
                            + ": who serves it, signed " + record.issued() + ", good until "
                            + record.expires() + ".";
                    case SignedRecord.Verdict.Refused(_, var why) -> "Not valid: " + why + ".";
                }, RECORD);
        knife.text(".", ".", "Between the parts.", JWS);
        knife.bytes("JWS signature", Bytes.utf8(parts[2]), PeerParts.shortened(decoded(parts[2])),
                "64 bytes by the owner's key over all before: checked by whoever stores the record"
                + " and by whoever fetched it.", SIGNATURE);
    }

    private static Bytes decoded(String base64url) {
        return Bytes.wrap(Base64.getUrlDecoder().decode(base64url));
    }
}
