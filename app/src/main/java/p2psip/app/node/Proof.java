package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.std.Bytes;

/// What a first request brings along on a Link to show whose call it is, and how both are written
/// there: each is a text with its length before it, and empty where there is none.
/// ```
/// +--------------------+--------+-----------------------+-----------+---------------------+
/// | its length (16)    | record | its length (16)       | statement | the SIP message ... |
/// +--------------------+--------+-----------------------+-----------+---------------------+
/// ```
///
/// @param record    of the address in From: which key it has, and which node serves it
/// @param statement of that key: that this is its call
record Proof(Optional<SignedRecord> record, Optional<Statement> statement) {
    static final Proof NONE = new Proof(Optional.empty(), Optional.empty());

    /// What came, not yet looked at.
    record Read(String record, String statement, Bytes message) {}

    Bytes framed(Bytes message) {
        var first = Bytes.utf8(record.map(SignedRecord::text).orElse(""));
        var second = Bytes.utf8(statement.map(Statement::text).orElse(""));
        var out = ByteBuffer.allocate(
                2 * Short.BYTES + first.size() + second.size() + message.size());
        for (var text : List.of(first, second))
            out.putShort((short) text.size()).put(text.buffer());
        return Bytes.wrap(out.put(message.buffer()).array());
    }

    /// @throws BufferUnderflowException if it is cut short
    static Read read(Bytes framed) {
        var in = framed.buffer();
        var texts = new ArrayList<String>();
        for (int i = 0; i < 2; i++)
            texts.add(Bytes.from(in, Short.toUnsignedInt(in.getShort())).utf8());
        return new Read(texts.getFirst(), texts.getLast(), Bytes.from(in));
    }
}
