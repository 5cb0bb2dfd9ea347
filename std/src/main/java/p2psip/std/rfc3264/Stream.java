package p2psip.std.rfc3264;

import module java.base;
import p2psip.std.rfc4566.*;

/// A stream as both sides have agreed on it, seen from this one.
///
/// @param local what this side has said
/// @param remote what the peer has said
/// @param connection the peer's address
/// @param direction what both allow
/// @param sendFormats formats to send, with the peer's numbers, the one to use first
/// @param receiveFormats formats that may be received, with this side's numbers
/// @spec https://www.rfc-editor.org/rfc/rfc3264#section-7 RFC 3264 §7
public record Stream(Media local, Media remote, Connection connection, Direction direction,
        List<Format> sendFormats, List<Format> receiveFormats) {

    public Stream {
        sendFormats = List.copyOf(sendFormats);
        receiveFormats = List.copyOf(receiveFormats);
    }

    /// Whether there is such a stream at all.
    //= rfc3264#6-7 a stream rejected by either side has no media and no RTCP
    //= rfc3264#5.1-5 with port zero in either description the stream is not used
    public boolean accepted() { return local.port() != 0 && remote.port() != 0; }

    public boolean sends() {
        //= rfc3264#7-1 media may be sent if the directions allow it
        return accepted() && direction.sends() && !sendFormats.isEmpty();
    }

    public boolean receives() { return accepted() && direction.receives(); }

    /// The format to send in, if there is anything to send.
    public Optional<Format> format() {
        //= rfc3264#5.1-14 the format with the highest preference is the one to use
        //= rfc3264#7-2 so is the first one of an answer
        //= rfc3264#6.1-16 for that is the one with the highest preference
        return sends() ? Optional.of(sendFormats.getFirst()) : Optional.empty();
    }

    /// The format of that encoding to send in: `telephone-event`, for example.
    public Optional<Format> format(String encoding) {
        return sends() ? sendFormats.stream()
                .filter(f -> f.map().encoding().equalsIgnoreCase(encoding)).findFirst()
                : Optional.empty();
    }

    /// Where to send RTP; empty if nothing is to be sent, or if the address is a name.
    public Optional<InetSocketAddress> rtp() {
        //= rfc4566#4.1-1 the peer's address and port are the remote ones that data is sent to
        return sends() ? address(remote.port()) : Optional.empty();
    }

    /// Where to send RTCP, which goes on while a stream is held; empty without a stream, if the
    /// address is a name, and on hold of the old kind.
    public Optional<InetSocketAddress> rtcp() {
        //= rfc4566#6-7,10 RTCP packets are sent all the same, recvonly or inactive
        return accepted() ? address(remote.rtcpPort()) : Optional.empty();
    }

    private Optional<InetSocketAddress> address(int port) {
        //= rfc3264#8.4-3 to 0.0.0.0 neither RTP nor RTCP is sent
        return connection.inetAddress().filter(a -> !a.isAnyLocalAddress())
                .map(a -> new InetSocketAddress(a, port));
    }

    /// How much media the peer would like in a packet.
    public Optional<Duration> ptime() { return remote.ptime(); }
}
