package p2psip.app.node;

import module java.base;
import p2psip.app.p2p.Links;
import p2psip.std.*;

/// This node's end of a pipe, while both ends still say who they are and after.
///
/// ```
///  opener                                          listener
///    greeting: length (16) | the address called (length (16), text)
///              | that of the caller | the record of the caller     --->
///                          <---  answer: length (16) | why not, nothing if it is taken
///    bytes  <----------------------------------------------------------->  bytes
/// ```
final class PipeEnd {
    /// Bytes of the longest greeting, and of the longest answer.
    static final int MAX_GREETING = 8_192, MAX_ANSWER = 256;

    enum State { FINDING, STORING, GREETING, JUDGED, OFFERED, OPEN }

    final long id;
    final String address;
    State state;
    Instant until;
    /// The node that calls, whom it calls, in whose name, and by which record it proves that.
    Optional<Bytes> node = Optional.empty();
    String called = "";
    String caller = "";
    String record = "";
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int own;
    /// What the program may write when it is open.
    int waiting;

    PipeEnd(long id, String address, State state, Instant until) {
        this.id = id;
        this.address = address;
        this.state = state;
        this.until = until;
    }

    /// Something of what comes before the bytes of the program; answers how many bytes of it are
    /// still missing.
    int said(Bytes bytes) {
        said.writeBytes(bytes.toArray());
        return said.size() < 2 ? 2 - said.size() : 2 + length() - said.size();
    }

    int length() {
        var bytes = said.toByteArray();
        return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    }

    /// All of it, without its length.
    Bytes whole() { return Bytes.slice(said.toByteArray(), 2, said.size()); }

    /// So many bytes of what may be written are this node's own, not the program's.
    Links.Command.Write write(Bytes bytes) {
        own += bytes.size();
        return new Links.Command.Write(id, bytes);
    }

    /// What is left of them for the program.
    int writable(int bytes) {
        int left = Math.max(0, bytes - own);
        own = Math.max(0, own - bytes);
        return left;
    }

    /// A text with its length before it.
    static void put(ByteArrayOutputStream out, Bytes text) {
        out.write(text.size() >> 8);
        out.write(text.size());
        out.writeBytes(text.toArray());
    }

    static Bytes framed(Bytes text) {
        var out = new ByteArrayOutputStream();
        put(out, text);
        return Bytes.wrap(out.toByteArray());
    }

    /// @throws BufferUnderflowException if it is cut short
    static Bytes take(ByteBuffer in) {
        return Bytes.from(in, Short.toUnsignedInt(in.getShort()));
    }
}
