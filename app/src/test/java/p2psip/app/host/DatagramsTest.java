package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// What becomes of a datagram that the system does not send whole: somebody may have told it that
/// the way carries next to nothing.
class DatagramsTest {
    private static final SocketOption<Boolean> WHOLE = ExtendedSocketOptions.IP_DONTFRAGMENT;
    private static final InetSocketAddress TO = new InetSocketAddress("192.0.2.1", 5062);
    private static final int BELIEVED = 576;

    /// The socket of a system that believes a way to carry 576 bytes: it refuses what is larger
    /// unless it may cut it.
    private static final class Narrow extends DatagramChannel {
        final List<Bytes> sent = new ArrayList<>();
        final Set<SocketOption<?>> options;
        boolean whole = true, down;
        int attempts;

        Narrow(SocketOption<?>... options) {
            super(null);
            this.options = Set.of(options);
        }

        @Override public int send(ByteBuffer bytes, SocketAddress to) throws IOException {
            attempts++;
            var datagram = Bytes.from(bytes);
            if (down) throw new IOException("network is down");
            if (whole && datagram.size() > BELIEVED) throw new IOException("message too long");
            assertThat(to).isEqualTo(TO);
            sent.add(datagram);
            return datagram.size();
        }

        @Override public <T> DatagramChannel setOption(SocketOption<T> option, T value) {
            assertThat(option).isEqualTo(WHOLE);
            whole = (Boolean) value;
            return this;
        }

        @Override public <T> T getOption(SocketOption<T> option) {
            assertThat(option).isEqualTo(WHOLE);
            return option.type().cast(whole);
        }

        @Override public Set<SocketOption<?>> supportedOptions() { return options; }

        @Override public DatagramChannel bind(SocketAddress local) { throw unused(); }
        @Override public DatagramSocket socket() { throw unused(); }
        @Override public boolean isConnected() { throw unused(); }
        @Override public DatagramChannel connect(SocketAddress remote) { throw unused(); }
        @Override public DatagramChannel disconnect() { throw unused(); }
        @Override public SocketAddress getRemoteAddress() { throw unused(); }
        @Override public SocketAddress getLocalAddress() { throw unused(); }
        @Override public SocketAddress receive(ByteBuffer into) { throw unused(); }
        @Override public int read(ByteBuffer into) { throw unused(); }
        @Override public long read(ByteBuffer[] into, int from, int length) { throw unused(); }
        @Override public int write(ByteBuffer bytes) { throw unused(); }
        @Override public long write(ByteBuffer[] all, int from, int length) { throw unused(); }

        @Override public MembershipKey join(InetAddress group, NetworkInterface by) {
            throw unused();
        }

        @Override public MembershipKey join(InetAddress group, NetworkInterface by,
                InetAddress source) {
            throw unused();
        }

        @Override protected void implCloseSelectableChannel() { }
        @Override protected void implConfigureBlocking(boolean block) { }

        private static AssertionError unused() { return new AssertionError("nobody asks for it"); }
    }

    private final Datagrams datagrams = new Datagrams(null, null);
    private final Narrow narrow = new Narrow(WHOLE);

    private static Bytes datagram(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    //= rfc9000#14.2.1-1 that the MTU is below the smallest is ignored
    @Test void what_every_way_carries_is_sent_whatever_the_system_believes() throws IOException {
        for (int size : List.of(BELIEVED, BELIEVED + 1, 1_200))
            datagrams.send(narrow, datagram(size), TO);
        assertThat(narrow.sent).containsExactly(
                datagram(BELIEVED), datagram(BELIEVED + 1), datagram(1_200));
        assertThat(narrow.attempts).isEqualTo(5);
        assertThat(narrow.whole).as("what comes next is sent whole").isTrue();
    }

    //= rfc9000#14-2 no fragments at the IP layer
    @Test void what_is_larger_is_lost_and_never_cut() {
        assertThatThrownBy(() -> datagrams.send(narrow, datagram(1_201), TO))
                .hasMessage("message too long");
        assertThat(narrow.attempts).isEqualTo(1);
        assertThat(narrow.whole).isTrue();
    }

    @Test void where_that_does_not_help_either_it_is_said_and_nothing_is_changed() {
        narrow.down = true;
        assertThatThrownBy(() -> datagrams.send(narrow, datagram(100), TO))
                .hasMessage("network is down");
        assertThat(narrow.attempts).isEqualTo(2);
        assertThat(narrow.whole).isTrue();
    }

    /// Of a system that cannot say so, and of a socket that did not ask for it.
    @Test void where_nothing_is_sent_whole_there_is_nothing_to_try() {
        var other = new Narrow();
        narrow.whole = false;
        for (var each : List.of(other, narrow)) {
            each.down = true;
            assertThatThrownBy(() -> datagrams.send(each, datagram(100), TO))
                    .hasMessage("network is down");
            assertThat(each.attempts).isEqualTo(1);
        }
        assertThat(narrow.whole).isFalse();
    }
}
