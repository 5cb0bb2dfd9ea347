package p2psip.app.trace;

import module java.base;
import p2psip.std.*;

/// One thing that happened, stamped by the edge with the node and the time.
///
/// @param node which node, by the name its host gave it
/// @param at   when, on the clock the node's timers run on
public record Trace(String node, Instant at, What what) {

    /// What something is about: by it people choose what they want to see.
    public enum Subject { SIP, RING, STUN, MEDIA }

    /// What can happen.
    public sealed interface What {

        /// What it is about; nothing where it is only bytes.
        default Optional<Subject> subject() {
            return switch (this) {
                case Message m -> Optional.of(switch (m.protocol) {
                    case "DHT", "P2P" -> Subject.RING;
                    case "STUN", "TURN" -> Subject.STUN;
                    case "RTP", "RTCP" -> Subject.MEDIA;
                    default -> Subject.SIP;
                });
                case State(_, var state) -> Optional.of(
                        state.citation().startsWith("rfc3550") ? Subject.MEDIA
                                : state.citation().startsWith("rfc8656") ? Subject.STUN
                                : Subject.SIP);
                case Remark(var about, _, _) -> Optional.of(about);
                case Sealed _, Wire _ -> Optional.empty();
            };
        }

        /// A message left or came in, already understood.
        ///
        /// @param sent     true if this node sent it
        /// @param protocol `SIP`, `RTP`, `STUN`, `DHT` ...
        /// @param summary  one line for a ladder: `INVITE sip:bob@example.com`, `200 OK (INVITE)`
        /// @param text     the message as people read it; may be many lines
        record Message(boolean sent, String protocol, InetSocketAddress local,
                InetSocketAddress remote, String summary, String text) implements What {}

        /// A machine entered a state.
        ///
        /// @param machine which one, as people would name it: `INVITE client z9hG4bKx`
        record State(String machine, Cited state) implements What {}

        /// Something refused, dropped or worth knowing, with the section that asked for it (may be
        /// empty: then it is a rule of our own).
        record Remark(Subject about, String text, String citation) implements What {}

        /// What is sealed in a datagram that this node is about to send: so who looks at the bytes
        /// of a run sees what they mean. It stays in the program: no log or capture has it.
        record Sealed(Bytes datagram, Bytes frame) implements What {}

        /// Bytes crossed the edge of a host: what a capture is made of.
        ///
        /// @param sent   true if they left, false if they came in; of [Kind#OPEN] whether this side
        ///               connected, of [Kind#END] whether this side closed
        /// @param local  never a wildcard; for what came in at a group, the group
        record Wire(Kind kind, boolean sent, InetSocketAddress local, InetSocketAddress remote,
                Bytes bytes) implements What {

            /// A whole datagram, or a moment in the life of a stream.
            public enum Kind { DATAGRAM, OPEN, DATA, END }
        }
    }
}
