package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc3261.*;

/// Flows written so that they fit into a URI. Nothing here keeps anybody from writing another:
/// who reads a token has to know that it is genuine.
/// ```
/// +--------------------+--------------------+--------------------+-----------+
/// | listening point (8)| connection (64), if| remote address     | port (16) |
/// |                    | it is one          | (32 or 128)        |           |
/// +--------------------+--------------------+--------------------+-----------+
/// ```
///
/// @param points the local ends that a flow can have
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.2 RFC 5626 §5.2
record FlowToken(List<ListeningPoint> points) {

    /// In base64url; none for a flow of no listening point.
    Optional<String> of(Flow flow) {
        int point = 0;
        while (point < points.size() && !points.get(point).isEndOf(flow)) point++;
        if (point == points.size()) return Optional.empty();
        var ip = flow.remote().getAddress().getAddress();
        var out = ByteBuffer.allocate(1 + Long.BYTES + ip.length + Short.BYTES).put((byte) point);
        if (flow.transport().connected()) out.putLong(flow.id());
        out.put(ip).putShort((short) flow.remote().getPort());
        return Optional.of(Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Arrays.copyOf(out.array(), out.position())));
    }

    /// @return the flow of a token that [#of] made
    Optional<Flow> flow(String token) {
        try {
            var in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            var point = points.get(in.get());
            long id = point.transport().connected() ? in.getLong() : 0;
            var ip = new byte[in.remaining() - Short.BYTES];
            in.get(ip);
            return Optional.of(new Flow(point.transport(), point.address(), new InetSocketAddress(
                    InetAddress.getByAddress(ip), Short.toUnsignedInt(in.getShort())), id));
        } catch (IllegalArgumentException | BufferUnderflowException | UnknownHostException
                | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return Optional.empty();
        }
    }
}
