package p2psip.std.rfc3856;

import module java.base;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3863.Presence;
import p2psip.std.rfc3863.Presence.*;
import p2psip.std.rfc6665.*;

/// The event package of presence.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3856#section-6 RFC 3856 §6
public final class PresenceEvents {
    public static final String NAME = "presence";

    /// The state of a presentity.
    public record State(Presence presence) implements Document {
        //= rfc3856#6.3-2 what a NOTIFY says is the policy of who decides who may watch
        //= rfc3856#6.6.2-2 and so is which presence document stands in it for whom
        //= rfc3856#6.7-1,2,4 a NOTIFY comes at any time, with a body, and may be the last
        @Override public Optional<Content> whole(long version) {
            return Optional.of(new Content(Presence.TYPE, presence.encode()));
        }
    }

    private PresenceEvents() {}

    /// @param entity whose presence is told, as a URI
    public static EventPackage of(String entity) {
        return new EventPackage(NAME,
                //= rfc3856#6.4-1 an hour, unless the subscriber says something else
                Duration.ofHours(1),
                //= rfc3856#6.5-1,2,3 the PIDF format, which is the default of Accept
                //= rfc3856#6.7-5 and what is sent
                //= rfc3903#10.1-3 and published
                List.of(Presence.TYPE),
                //= rfc3856#6.10-1 every five seconds at most
                Duration.ofSeconds(5),
                //= rfc3856#6.9-1 the first fork alone is kept: aggregation is done there
                EventPackage.Forking.FIRST,
                //= rfc3856#6.6.2-3 who waits reads in a note that it is pending
                closed(entity, List.of(new Note("en", "Waiting for permission"))),
                //= rfc3856#6.6.2-4 who is blocked sees somebody who is not there
                closed(entity, List.of()));
    }

    private static Document closed(String entity, List<Note> notes) {
        return new State(new Presence(entity, List.of(new Tuple("none",
                Optional.of(Basic.CLOSED), Optional.empty(), List.of(), Optional.empty())), notes));
    }

    /// What several have published of one presentity, as one: each tuple keeps who it is from.
    ///
    /// @param published by a name of the publisher
    /// @spec https://www.rfc-editor.org/rfc/rfc3903#section-10.4 RFC 3903 §10.4
    public static Presence composed(String entity, SequencedMap<String, Presence> published) {
        //= rfc3856#7.3-1 what was uploaded, as it was
        var tuples = new ArrayList<Tuple>();
        var notes = new ArrayList<Note>();
        published.forEach((publisher, presence) -> {
            //= rfc3903#10.4-2,3 a tuple has its id for as long as its publisher keeps it
            for (var tuple : presence.tuples()) tuples.add(new Tuple(
                    publisher + "-" + tuple.id(), tuple.basic(), tuple.contact(), tuple.notes(),
                    tuple.timestamp()));
            notes.addAll(presence.notes());
        });
        return new Presence(entity, tuples, notes);
    }
}
