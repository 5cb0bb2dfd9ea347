package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.host.Host;
import p2psip.app.lookup.*;
import p2psip.app.p2p.*;
import p2psip.std.Outbox;

/// How a node lets itself be found and finds others, by the name that users give it.
public enum LookupChoice {

    /// On a ring of super-nodes.
    DHT {
        @Override Lookup lookup(int child, OverlayConfig overlay, Identity self, Host.Room room,
                Outbox<Links.Event> linked) {
            return new Overlay(child, self, overlay, room.random(), room.wall(), linked);
        }
    },

    /// By asking the local network.
    LAN {
        @Override Lookup lookup(int child, OverlayConfig overlay, Identity self, Host.Room room,
                Outbox<Links.Event> linked) {
            var bind = new InetSocketAddress(overlay.bind().getAddress(), 0);
            return new LanLookup(child, new LanLookup.Config(bind, LanLookup.GROUP),
                    room.random(), room.wall());
        }
    };

    /// @param child   which of the node's lookups it is
    /// @param overlay how the node takes part in the overlay, if it does
    /// @param self    the node's own key
    /// @param linked what its Links tell, if it makes any
    abstract Lookup lookup(int child, OverlayConfig overlay, Identity self, Host.Room room,
            Outbox<Links.Event> linked);
}
