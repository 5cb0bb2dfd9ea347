package p2psip.std.rfc2198;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload.Block;

/// Repeats what was sent last in the packets that follow, and finds in them what was lost.
///
/// One object for each direction of a stream.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2198#section-3 RFC 2198 §3
public final class Redundancy {
    /// How many earlier blocks a packet may repeat.
    public static final int MAX_LEVELS = 8;

    /// Media with its own timestamp, 32 bits.
    public record Media(int payloadType, long timestamp, Bytes data) {}

    private final int levels;
    private final Deque<Media> past = new ArrayDeque<>();
    private boolean heard;
    private long newest;

    /// @param levels how often everything is repeated
    public Redundancy(int levels) {
        if (levels < 0 || levels > MAX_LEVELS)
            throw new IllegalArgumentException("levels: " + levels);
        this.levels = levels;
    }

    /// What to send for this media: itself, and the last before it as far as they fit.
    public RedundantPayload protect(Media media) {
        var redundant = new ArrayList<Block>();
        for (var earlier : past) {
            long offset = media.timestamp - earlier.timestamp & 0xffff_ffffL;
            //= rfc2198#3¶12 more than 14 bits of offset or 10 of length are not sent again
            if (offset <= Block.MAX_OFFSET && earlier.data.size() <= Block.MAX_LENGTH)
                //= rfc2198#3-1,2,3 redundant is a copy of the primary: same sampling, bandwidth
                redundant.add(new Block(earlier.payloadType, (int) offset, earlier.data));
        }
        past.add(media);
        if (past.size() > levels) past.poll();
        return new RedundantPayload(redundant, new Block(media.payloadType, 0, media.data));
    }

    /// The media of a packet that has not been heard before, in the order of time.
    ///
    /// @param timestamp the packet's
    public List<Media> recover(long timestamp, RedundantPayload payload) {
        var media = new ArrayList<Media>();
        for (var block : payload.redundant()) add(timestamp - block.offset(), block, media);
        add(timestamp, payload.primary(), media);
        return media;
    }

    private void add(long timestamp, Block block, List<Media> media) {
        timestamp &= 0xffff_ffffL;
        // a block is used only if the packet that had it first was lost
        if (heard && (int) (timestamp - newest) <= 0) return;
        if (!heard && block.offset() > 0) return;
        heard = true;
        newest = timestamp;
        media.add(new Media(block.payloadType(), timestamp, block.data()));
    }
}
