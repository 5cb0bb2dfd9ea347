package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// What a capture file holds: pcapng, or the classic kind before it.
///
/// @param frames in the order of the file
/// @param broken why the rest of the file could not be read, empty if all of it was: a capture that
///               was cut short is read as far as it goes
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html pcapng
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html pcap
public record Capture(List<Frame> frames, String broken) {
    public Capture { frames = List.copyOf(frames); }

    /// @throws SyntaxException if the file does not begin as a capture does
    public static Capture parse(Bytes file) {
        if (PcapngReader.begins(file)) return new PcapngReader().read(file);
        if (PcapReader.begins(file)) return new PcapReader(file).read();
        throw new SyntaxException("no capture: neither pcapng nor pcap");
    }

    /// All UDP and TCP packets in order of their last pieces; what is neither is passed over.
    ///
    /// @throws SyntaxException if one is not as it should be, or the file is cut short
    public List<Packet> packets() {
        if (!broken.isEmpty()) throw new SyntaxException(broken);
        var fragments = new Fragments();
        return frames.stream().flatMap(frame -> frame.ip()
                .flatMap(piece -> fragments.take(frame, piece))
                .flatMap(whole -> Packet.of(frame.at(), whole)).stream()).toList();
    }

    /// Adds what a reader finds, and says how far it came when there is no more to understand.
    static Capture upTo(List<Frame> frames, Runnable reading) {
        try {
            reading.run();
            return new Capture(frames, "");
        } catch (SyntaxException e) {
            return new Capture(frames, e.getMessage());
        } catch (BufferUnderflowException | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            return new Capture(frames, "a capture cut short");
        } catch (DateTimeException e) {
            return new Capture(frames, "a time that no clock shows");
        }
    }
}
