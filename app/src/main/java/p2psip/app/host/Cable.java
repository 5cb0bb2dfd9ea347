package p2psip.app.host;

import module java.base;

/// What a stream of a [RealHost] goes through, for one thread that reads and one that writes: both
/// wait as long as the peer has them wait.
sealed interface Cable {
    /// Reads into a buffer what there is; less than 0 at the end.
    int read(ByteBuffer into) throws IOException;

    /// Writes all that remains in a buffer.
    void write(ByteBuffer from) throws IOException;

    /// Says that no more will be written.
    void finish() throws IOException;

    /// TCP.
    record Plain(SocketChannel channel) implements Cable {
        @Override public int read(ByteBuffer into) throws IOException { return channel.read(into); }

        @Override public void write(ByteBuffer from) throws IOException {
            while (from.hasRemaining()) channel.write(from);
        }

        @Override public void finish() throws IOException { channel.shutdownOutput(); }
    }

    /// TLS. Who closes does not wait for the peer's good-bye, for which [Host#LINGER] is the limit.
    record Secure(SSLSocket socket) implements Cable {
        @Override public int read(ByteBuffer into) throws IOException {
            int size = socket.getInputStream().read(into.array(), into.position(), into.remaining());
            if (size > 0) into.position(into.position() + size);
            return size;
        }

        @Override public void write(ByteBuffer from) throws IOException {
            socket.getOutputStream().write(from.array(), from.arrayOffset() + from.position(),
                    from.remaining());
            from.position(from.limit());
        }

        @Override public void finish() throws IOException { socket.shutdownOutput(); }
    }
}
