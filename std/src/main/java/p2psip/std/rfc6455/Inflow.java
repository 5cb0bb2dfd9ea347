package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.Bytes;

/// What has come and was not yet read: at most what came last, and the beginning of a frame.
final class Inflow {
    private byte[] bytes = new byte[0];
    private int begin, end;

    void add(Bytes more) {
        if (end + more.size() > bytes.length) {
            var larger = new byte[Math.max(end - begin + more.size(), 2 * (end - begin))];
            System.arraycopy(bytes, begin, larger, 0, end - begin);
            bytes = larger;
            end -= begin;
            begin = 0;
        }
        more.copy(0, more.size(), bytes, end);
        end += more.size();
    }

    /// What a reader finds, which moves the buffer behind it; or nothing, and moves it nowhere.
    <T> Optional<T> next(Function<ByteBuffer, Optional<T>> reader) {
        var in = ByteBuffer.wrap(bytes, begin, end - begin);
        var found = reader.apply(in);
        begin = in.position();
        if (begin == end) clear();
        return found;
    }

    void clear() {
        bytes = new byte[0];
        begin = end = 0;
    }
}
