package p2psip.app.why;

import module java.base;
import p2psip.app.host.TlsFailure;
import p2psip.app.trace.Trace.Subject;
import p2psip.std.rfc2396.HostName;

/// What was seen of the node itself, whoever calls.
public sealed interface OfNode extends Fact {
    @Override default Subject subject() { return Subject.RING; }

    /// The clock here is not that of most others, or is again.
    ///
    /// @param off `90 min behind`
    record Clock(boolean wrong, String off, String against) implements OfNode {
        @Override public String text() {
            return wrong ? "the clock here is " + off + ", compared with " + against
                    : "the clock here is right again";
        }

        @Override public String citation() { return "rfc7519#4.1.4-1"; }

        @Override public Optional<String> standing() { return Optional.of("clock"); }
    }

    /// The disk takes what it is given, or does not.
    record Disk(boolean takes, String why) implements OfNode {
        @Override public String text() {
            return takes ? "the disk takes again what it is given" : "the disk refuses: " + why;
        }

        @Override public Optional<String> standing() { return Optional.of("disk"); }
    }

    /// A phone wants to be found here.
    ///
    /// @param taken   whether it is
    /// @param contact where it says that it is
    /// @param source  where it has come from
    record Phone(String who, Registration taken, String contact, InetSocketAddress source)
            implements OfNode {
        @Override public Subject subject() { return Subject.SIP; }

        /// Whether a router stands between, for it is not seen where it says that it is.
        boolean isElsewhere() {
            return HostName.literal(contact).filter(ip -> !ip.equals(source.getAddress()))
                    .isPresent();
        }

        @Override public String text() {
            return who + switch (taken) {
                case TAKEN -> " is registered from ";
                case WRONG_PASSWORD -> " is not registered, the password is wrong, from ";
                case NOT_KEPT -> " is not registered, it could not be kept, from ";
            } + HostName.text(source) + (isElsewhere() ? ", and says it is at " + contact : "");
        }

        @Override public String citation() {
            return switch (taken) {
                case TAKEN -> "";
                case WRONG_PASSWORD -> "rfc3261#22.2-3";
                case NOT_KEPT -> "rfc3261#10.3-31";
            };
        }

        @Override public Optional<String> standing() { return Optional.of("phone " + who); }
    }

    enum Registration { TAKEN, WRONG_PASSWORD, NOT_KEPT }

    /// Others know of an address that is registered here, or could not be told.
    record Known(String who, boolean known, String why) implements OfNode {
        @Override public String text() {
            return who + (known ? " is known to other nodes"
                    : " is not known to other nodes: " + why);
        }

        @Override public Optional<String> standing() { return Optional.of("record " + who); }
    }

    /// Another key claims an address that is registered here.
    record Rival(String who, String ours, String other) implements OfNode {
        @Override public String text() {
            return who + " is claimed by another key: " + other + ", ours is " + ours;
        }

        @Override public Optional<String> standing() { return Optional.of("rival " + who); }
    }

    /// No super-node was found where one was named.
    record Missed(String place, boolean nameless, String why) implements OfNode {
        @Override public String text() { return "no super-node at " + place + ": " + why; }

        @Override public Optional<String> standing() { return Optional.of("place " + place); }
    }

    /// Another node does not answer any more.
    ///
    /// @param served whether it was a super-node
    record Lost(String node, boolean served) implements OfNode {
        @Override public String text() {
            return (served ? "super-node" : "node") + " lost: " + node;
        }
    }

    /// Where this node stands in the ring.
    record Ring(Place place, List<String> others) implements OfNode {
        public Ring { others = List.copyOf(others); }

        @Override public String text() {
            return switch (place) {
                case SEEKING -> "no super-node is known: looking for one";
                case ALONE -> "found nobody: alone";
                case SERVED -> "served by " + others.getFirst();
                case BESIDE -> others.isEmpty() ? "alone on the ring"
                        : "on the ring beside " + others.size() + " others";
            };
        }

        @Override public Optional<String> standing() { return Optional.of("ring"); }
    }

    enum Place { SEEKING, ALONE, SERVED, BESIDE }

    /// How many other nodes were heard in the last seconds: asked for when somebody asks why.
    record Heard(int nodes) implements OfNode {
        @Override public String text() {
            return nodes == 0 ? "no other node is heard" : nodes + " other nodes are heard";
        }

        @Override public Optional<String> standing() { return Optional.of("heard"); }
    }

    /// A stream to somebody could not be opened.
    ///
    /// @param domain whose certificate was asked for; empty where none was
    /// @param tls    what was wrong, if it was TLS
    record NotOpened(InetSocketAddress to, String domain, String why, Optional<TlsFailure> tls)
            implements OfNode {
        @Override public Subject subject() { return Subject.SIP; }

        /// Whether the other end has another name than it should.
        boolean isForAnother() { return tls.equals(Optional.of(TlsFailure.OTHER_NAME)); }

        @Override public String text() {
            return (domain.isEmpty() ? "connection to " : "TLS to ") + HostName.text(to) + ": "
                    + why;
        }
    }

    /// Whatever else was worth a line.
    record Remark(Subject subject, String text, String citation) implements OfNode {}
}
