package p2psip.app.p2p;

import module java.base;
import p2psip.app.sim.LinkedNode;
import p2psip.std.Bytes;

/// Programs at the ends of streams: who opens one writes a content and closes; who is opened one
/// reads all, and closes when the other has.
final class StreamPlay {
    /// What may wait at a reader that is asked to read slowly.
    static final int CREDIT = 1 << 16;

    private static final class End {
        final byte[] content;
        int written;
        final ByteArrayOutputStream got = new ByteArrayOutputStream();

        End(byte[] content) { this.content = content; }
    }

    private final Map<LinkedNode, SequencedMap<Long, End>> ends = new HashMap<>();
    private final Map<LinkedNode, List<Links.Event.OfStreams>> told = new HashMap<>();
    private final Map<LinkedNode, List<Instant>> when = new HashMap<>();
    private long lastId;
    /// Whether readers read.
    boolean reads = true;

    BiConsumer<Instant, Links.Event> of(LinkedNode node) {
        ends.put(node, new LinkedHashMap<>());
        told.put(node, new ArrayList<>());
        return (now, event) -> {
            if (event instanceof Links.Event.OfStreams of) told(node, of, now);
        };
    }

    long open(LinkedNode node, Bytes key, int service, byte[] content) {
        ends.get(node).put(++lastId, new End(content));
        node.link(new Links.Command.Open(lastId, key, service));
        node.link(new Links.Command.Read(lastId, CREDIT));
        return lastId;
    }

    private void told(LinkedNode node, Links.Event.OfStreams event, Instant now) {
        told.get(node).add(event);
        when.computeIfAbsent(node, _ -> new ArrayList<>()).add(now);
        var end = ends.get(node).get(event.id());
        switch (event) {
            case Links.Event.Came(long id, _, _) -> {
                ends.get(node).put(id, new End(new byte[0]));
                if (reads) node.link(new Links.Command.Read(id, CREDIT));
            }
            case Links.Event.Writable(long id, int bytes) -> {
                int more = Math.min(bytes, end.content.length - end.written);
                if (more > 0) node.link(new Links.Command.Write(id, Bytes.slice(
                        end.content, end.written, end.written + more)));
                boolean before = end.written < end.content.length;
                end.written += more;
                if (before && end.written == end.content.length)
                    node.link(new Links.Command.Close(id));
            }
            case Links.Event.Arrived(long id, var bytes) -> {
                end.got.writeBytes(bytes.toArray());
                node.link(new Links.Command.Read(id, bytes.size()));
            }
            case Links.Event.Finished(long id) -> node.link(new Links.Command.Close(id));
            case Links.Event.Opened _, Links.Event.Ended _ -> { }
        }
    }

    List<byte[]> received(LinkedNode node) {
        return ends.get(node).entrySet().stream().filter(e -> e.getKey() < 0)
                .map(e -> e.getValue().got.toByteArray()).toList();
    }

    /// How many bytes the streams that came have brought so far, each.
    List<Integer> progress(LinkedNode node) {
        return ends.get(node).values().stream().map(end -> end.got.size()).toList();
    }

    List<String> ended(LinkedNode node) {
        return told.get(node).stream().filter(Links.Event.Ended.class::isInstance)
                .map(event -> (Links.Event.Ended) event).map(e -> e.id() + " " + e.how()).toList();
    }

    List<Long> opened(LinkedNode node) {
        return told.get(node).stream().filter(Links.Event.Opened.class::isInstance)
                .map(Links.Event.OfStreams::id).toList();
    }

    List<Links.Event.OfStreams> all(LinkedNode node) { return told.get(node); }
}
