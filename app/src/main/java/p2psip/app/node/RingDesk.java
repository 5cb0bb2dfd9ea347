package p2psip.app.node;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.app.dht.RingView;
import p2psip.app.lookup.Query;
import p2psip.app.node.Question.*;
import p2psip.app.p2p.Overlay;

/// Answers what is asked about the ring and the records on it, and signs what the node's user has
/// to write there.
final class RingDesk {
    /// How many records are shown at a time.
    static final int SHOWN = 500;

    /// The kind of a record that is a text.
    static final String TEXT = "text";

    private final Identity identity;
    private final Overlay overlay;
    private final InstantSource wall;

    RingDesk(Identity identity, Overlay overlay, InstantSource wall) {
        this.identity = identity;
        this.overlay = overlay;
        this.wall = wall;
    }

    Reply ring() {
        return overlay.view().<Reply>map(Reply.Ring::new).orElse(new Reply.Declined(
                "this node is not on the ring: a super-node does all for it"));
    }

    Reply records() {
        var held = overlay.held(SHOWN);
        int all = overlay.view().map(RingView::records).orElse(0);
        return new Reply.Records(held, Math.max(0, all - held.size()));
    }

    /// A text is a record of this node's own, of which the newest counts.
    ///
    /// @throws SyntaxException if it is too long, or is to live too long
    Query.Put put(Write write) {
        var now = wall.instant();
        var value = write.text().<SignedRecord.Value>map(text -> {
            var json = new JsonObject();
            json.addProperty("text", text);
            return new SignedRecord.Other(TEXT, json);
        }).orElse(new SignedRecord.Removed());
        return new Query.Put(SignedRecord.sign(identity, write.key(), value, now.toEpochMilli(),
                now, write.lifetime()));
    }
}
