package p2psip.std.rfc3327;

import module java.base;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.*;

/// A user agent that lets proxies on its path, and tells who they are.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3327#section-5.1 RFC 3327 §5.1
public record PathUserAgent() implements Extension {

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// What is for us comes through these proxies, the one that is next to us last.
        record Led(long usage, List<String> path) implements Event {
            public Led { path = List.copyOf(path); }
        }
    }

    //= rfc3327#4-5 the option tag is in Supported
    //= rfc3327#5.1-3 wherever we have a Supported field: in REGISTER, INVITE and the like
    @Override public List<String> options() { return List.of(PathHeader.OPTION); }

    @Override public List<Usage.Event> told(Response registered) {
        //= rfc3327#5.1-1 a response that may contain a Path
        var path = PathHeader.of(registered);
        //= rfc3327#6.2-3 it is rendered to the user, who may know whom not to find there
        return path.isEmpty() ? List.of() : List.of(new Event.Led(0, path));
    }
}
