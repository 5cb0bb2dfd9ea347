package p2psip.std.rfc1035;

import module java.base;
import p2psip.std.rfc1035.Question.Type;

/// One thing that the DNS says of a name. All names are in lower case and without the last dot.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-3.2 RFC 1035 §3.2
public sealed interface ResourceRecord {

    /// Of whom it is said.
    String name();

    /// For how long it may be kept.
    Duration ttl();

    /// Whether it is what a question of this type asks for.
    boolean is(Type type);

    /// A or AAAA.
    record Address(String name, Duration ttl, InetAddress address) implements ResourceRecord {
        public Address { name = Question.plain(name); }

        @Override public boolean is(Type type) {
            return type == (address instanceof Inet6Address ? Type.AAAA : Type.A);
        }
    }

    /// CNAME: the name is an alias, and all is said of another.
    record Alias(String name, Duration ttl, String canonical) implements ResourceRecord {
        public Alias {
            name = Question.plain(name);
            canonical = Question.plain(canonical);
        }

        @Override public boolean is(Type type) { return false; }
    }

    /// SRV (RFC 2782): a host and port of a service.
    ///
    /// @param priority the lowest first
    /// @param weight   which share of the calls it takes among those of its priority
    /// @param target   empty where the service is decidedly not available
    record Server(String name, Duration ttl, int priority, int weight, int port, String target)
            implements ResourceRecord {
        public Server {
            name = Question.plain(name);
            target = Question.plain(target);
        }

        @Override public boolean is(Type type) { return type == Type.SRV; }
    }

    /// NAPTR: where to go on, for some service.
    ///
    /// @param order the lowest first; among equals the lowest preference
    /// @param flags what kind of thing the replacement names: `s` is a name with SRV records
    /// @spec https://www.rfc-editor.org/rfc/rfc3403#section-4.1 RFC 3403 §4.1
    record Pointer(String name, Duration ttl, int order, int preference, String flags,
            String service, String regexp, String replacement) implements ResourceRecord {
        public Pointer {
            name = Question.plain(name);
            replacement = Question.plain(replacement);
        }

        @Override public boolean is(Type type) { return type == Type.NAPTR; }
    }
}
