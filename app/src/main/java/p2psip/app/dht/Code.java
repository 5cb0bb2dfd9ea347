package p2psip.app.dht;

import module java.base;

/// The kinds of messages with their numbers on the wire, which never change.
enum Code {
    // upkeep of the ring
    PING(0x01), PONG(0x02), ASK_LEAVES(0x03), ASK_ROW(0x04), PEERS(0x05), BYE(0x06),
    // on the way to the root of a point
    ROUTE(0x10), TAKEN(0x11),
    // what is routed, or asked of a super-node in an errand
    FIND(0x20), PUT(0x21), GET(0x22), ERRAND(0x23), CHECK(0x24),
    // answers
    STORED(0x30), REFUSED(0x31), VALUES(0x32),
    // among those who hold the same records
    COPY(0x40), COLLECT(0x41), COMPARE(0x42), SAME(0x43), SUMS(0x44), TAGS(0x45), WANT(0x46);

    final int number;

    Code(int number) { this.number = number; }

    static Code of(int number) {
        for (var code : values()) if (code.number == number) return code;
        throw new SyntaxException("no such message: " + number);
    }
}
