package p2psip.app.host;

import module java.base;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// A file system of MVStore's whose disk can be full: `faulty:NAME` is the file of that name, which
/// grows by no more bytes than there is room for; what is written over needs none.
public final class Faulty extends FilePathWrapper {
    static final String SYSTEM = "faulty:";

    static final long ENOUGH = Long.MAX_VALUE / 2;

    /// By how many bytes files may grow yet, before the disk is full.
    static final AtomicLong ROOM = new AtomicLong(ENOUGH);

    static {
        FilePath.register(new Faulty());
    }

    static String system() { return SYSTEM; }

    @Override public String getScheme() { return "faulty"; }

    @Override public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    /// Of what there is no room for it writes a part, as real ones do.
    private static final class Channel extends FileBaseDefault {
        private final FileChannel file;

        Channel(FileChannel file) { this.file = file; }

        @Override public int write(ByteBuffer bytes, long at) throws IOException {
            long before = file.size(), room = ROOM.get() + Math.max(0, before - at);
            if (room == 0) throw new IOException("No space left on device");
            var part = bytes.slice().limit((int) Math.min(room, bytes.remaining()));
            int written = file.write(part, at);
            ROOM.addAndGet(before - file.size());
            bytes.position(bytes.position() + written);
            return written;
        }

        @Override public int read(ByteBuffer bytes, long at) throws IOException {
            return file.read(bytes, at);
        }

        @Override public long size() throws IOException { return file.size(); }

        @Override protected void implTruncate(long size) throws IOException {
            ROOM.addAndGet(Math.max(0, file.size() - size));
            file.truncate(size);
        }

        @Override public void force(boolean metaData) throws IOException { file.force(metaData); }

        @Override public FileLock tryLock(long from, long size, boolean shared)
                throws IOException {
            return file.tryLock(from, size, shared);
        }

        @Override protected void implCloseChannel() throws IOException { file.close(); }
    }
}
