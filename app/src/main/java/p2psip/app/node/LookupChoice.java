package p2psip.app.node;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.lookup.*;
import p2psip.app.p2p.*;

/// How a node lets itself be found and finds others, by the name that users give it.
public enum LookupChoice {

    /// On a ring of super-nodes.
    DHT {
        @Override Lookup lookup(int child, Overlay overlay, OverlayConfig config, URI opendht,
                Host.Room room) {
            return overlay;
        }
    },

    /// By asking the local network.
    LAN {
        @Override Lookup lookup(int child, Overlay overlay, OverlayConfig config, URI opendht,
                Host.Room room) {
            var bind = new InetSocketAddress(config.bind().getAddress(), 0);
            return new LanLookup(child, new LanLookup.Config(bind, LanLookup.GROUP),
                    room.random(), room.wall());
        }
    },

    /// By a node of OpenDHT.
    OPENDHT {
        @Override Lookup lookup(int child, Overlay overlay, OverlayConfig config, URI opendht,
                Host.Room room) {
            return new OpenDhtLookup(child, opendht, room.wall());
        }
    };

    /// @param child   which of the node's lookups it is
    /// @param overlay the node's own
    /// @param config  how that takes part
    /// @param opendht the node of OpenDHT that is asked
    abstract Lookup lookup(
            int child, Overlay overlay, OverlayConfig config, URI opendht, Host.Room room);

    /// How a node takes part in the overlay that does not look for records there: it has Links, but
    /// is of no ring.
    static OverlayConfig aside(OverlayConfig config) {
        return new OverlayConfig(config.bind(), config.otherPort(), config.addresses(), true,
                List.of(), Optional.empty()).mapped(config.mapPort());
    }
}
