package p2psip.std.rfc3261;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Validator.Verdict;

/// Cuts a stream of bytes into messages, by their Content-Length: for a [Stack], or for who looks
/// on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18.3 RFC 3261 §18.3
public final class Framing {
    /// Start line and header fields longer than this are refused with 513.
    static final int MAX_HEAD = 64 * 1024;
    /// A longer body is refused with 413.
    static final int MAX_BODY = 1024 * 1024;

    /// Asks whether a peer is there, and answers that.
    static final Bytes PING = Bytes.utf8("\r\n\r\n"), PONG = Bytes.utf8("\r\n");

    private static final Pattern LENGTH = Pattern.compile(
            "^(?:content-length|l)\\s*:\\s*(\\d+)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /// What a stream is made of.
    public sealed interface Frame {
        /// @param message its bytes as they came
        record Whole(Bytes message, Verdict verdict) implements Frame {}
        /// Two empty lines between messages: the peer asks whether we are there.
        record Ping() implements Frame {}
        /// Where the next message begins cannot be told any more.
        record Broken(Verdict verdict) implements Frame {}
    }

    private byte[] buffer = {};
    private int size;
    /// How far the end of the head was looked for.
    private int searched;
    /// The size of the message that has begun; 0 while its head has not ended.
    private int expected;
    private int emptyLines;
    private boolean pinged, broken;

    /// Whether a message has begun and not ended.
    public boolean partial() { return size > 0; }

    /// The next empty line between messages is the answer to a ping of ours.
    void pinged() { pinged = true; }

    /// Whether that line has not come yet.
    boolean awaitsPong() { return pinged; }

    /// What has become whole with these bytes, in order; nothing any more after [Frame.Broken].
    public List<Frame> take(Bytes bytes) {
        if (broken) return List.of();
        append(bytes);
        var frames = new ArrayList<Frame>(2);
        int at = 0;
        while (!broken && (at = skipEmptyLines(at, frames)) < size && completed(at, frames)) {
            var message = Bytes.slice(buffer, at, at + expected);
            frames.add(new Frame.Whole(message, Validator.read(message)));
            at += expected;
            searched = at;
            expected = 0;
            emptyLines = 0;
        }
        keepFrom(at);
        return frames;
    }

    /// The same of a transport that keeps messages apart: one of them, or empty lines.
    List<Frame> alone(Bytes bytes) {
        if (bytes.equals(PING)) return List.of(new Frame.Ping());
        if (!bytes.equals(PONG)) return List.of(new Frame.Whole(bytes, Validator.read(bytes)));
        pinged = false;
        return List.of();
    }

    private void append(Bytes bytes) {
        int wanted = size + bytes.size();
        if (wanted > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(wanted, 2 * size));
        bytes.buffer().get(buffer, size, bytes.size());
        size = wanted;
    }

    private void keepFrom(int at) {
        buffer = at == size ? new byte[0] : at == 0 ? buffer : Arrays.copyOfRange(buffer, at, size);
        size -= at;
        searched = Math.max(0, searched - at);
    }

    private int skipEmptyLines(int at, List<Frame> frames) {
        if (expected > 0) return at;
        for (; at < size && (buffer[at] == '\r' || buffer[at] == '\n'); at++)
            if (buffer[at] == '\n' && pinged) pinged = false;
            else if (buffer[at] == '\n' && ++emptyLines == 2) {
                emptyLines = 0;
                frames.add(new Frame.Ping());
            }
        return at;
    }

    /// Whether the message that begins at an index is all there.
    private boolean completed(int at, List<Frame> frames) {
        if (expected == 0) {
            int emptyLine = Parser.endOfHeaders(buffer, Math.max(at, searched - 3), size);
            int end = emptyLine < 0 ? size : Parser.nextLine(buffer, emptyLine);
            searched = size;
            if (end - at > MAX_HEAD) broken(frames, at, end, 513, "Message Too Large");
            else if (emptyLine >= 0) expect(at, end, frames);
            if (emptyLine < 0) return false;
        }
        return !broken && size - at >= expected;
    }

    private void expect(int at, int end, List<Frame> frames) {
        var length = LENGTH.matcher(new String(buffer, at, end - at, ISO_8859_1));
        //= rfc3261#18.3-4 a stream needs Content-Length
        if (!length.find()) broken(frames, at, end, 400, "Content-Length missing or no number");
        else if (length.group(1).length() > 9 || Integer.parseInt(length.group(1)) > MAX_BODY)
            //= rfc3261#21.4.11-1 the body is larger than this server takes; the connection closes
            broken(frames, at, end, 413, "Request Entity Too Large");
        else expected = end - at + Integer.parseInt(length.group(1));
    }

    private void broken(List<Frame> frames, int at, int end, int status, String reason) {
        broken = true;
        frames.add(new Frame.Broken(switch (Validator.read(wholeLines(at, end))) {
            case Verdict.Fine(Request request) when !request.is("ACK") ->
                    new Verdict.Refuse(request, status, reason);
            case Verdict.Fine _ -> new Verdict.Drop(reason);
            case Verdict other -> other;
        }));
    }

    /// The head as far as its lines are whole, with an end; without a length, for the body is lost.
    private Bytes wholeLines(int at, int end) {
        var text = new String(buffer, at, Math.min(end - at, MAX_HEAD), ISO_8859_1);
        text = text.substring(0, text.lastIndexOf('\n') + 1).stripTrailing();
        text = LENGTH.matcher(text).replaceAll("Content-Length: 0");
        return Bytes.wrap((text + "\r\n\r\n").getBytes(ISO_8859_1));
    }
}
