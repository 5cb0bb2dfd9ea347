package p2psip.app.media;

import module java.base;
import p2psip.std.rfc4566.*;

/// What one side of a call's medium has here: where that side sends, and where it takes.
sealed interface End permits End.Channels, End.Sockets, WebEnd {

    /// A channel each way, in the Link of a node.
    final class Channels implements End {
        /// On which the other node is to send: this one's number for it.
        final int ours;

        /// The other's.
        private OptionalInt theirs = OptionalInt.empty();

        Channels(int ours) { this.ours = ours; }

        OptionalInt theirs() { return theirs; }

        void theirs(int channel) { theirs = OptionalInt.of(channel); }
    }

    /// Two sockets, opened when a description is to name them.
    final class Sockets implements End {
        private final Party party;
        private Optional<Leg> leg = Optional.empty();
        private Optional<Source> rtp = Optional.empty(), rtcp = Optional.empty();

        Sockets(Party party) { this.party = party; }

        Optional<Leg> leg() { return leg; }

        void leg(Leg sockets) { leg = Optional.of(sockets); }

        Optional<Source> source(boolean control) { return control ? rtcp : rtp; }

        /// That side says where it takes this medium.
        ///
        /// @param muxes whether it may be left to it that RTCP goes by RTP's port
        void says(SessionDescription description, Media medium, boolean muxes) {
            var ip = description.connection(medium).inetAddress();
            if (ip.isEmpty()) return;
            rtp = says(rtp, new InetSocketAddress(ip.get(), medium.port()));
            rtcp = says(rtcp, new InetSocketAddress(ip.get(), muxes && medium.has("rtcp-mux")
                    ? medium.port() : Math.min(medium.rtcpPort(), 65_535)));
        }

        private Optional<Source> says(Optional<Source> known, InetSocketAddress at) {
            var host = party instanceof Party.Phone phone ? phone.source(at.getAddress())
                    : at.getAddress();
            var source = known.orElseGet(() -> new Source(at, host,
                    party instanceof Party.Phone phone ? phone.host() : host));
            source.says(at, host);
            return Optional.of(source);
        }
    }
}
