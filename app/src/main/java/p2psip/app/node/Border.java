package p2psip.app.node;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.*;
import p2psip.app.why.*;

/// Between a node and its host: writes into the journal what passes there, and what parts of the
/// node have for it, which goes no further.
final class Border {
    private final Journal journal;
    private final Map<Id, Effect.Open> opening = new HashMap<>();
    private boolean refused;

    Border(Journal journal) { this.journal = journal; }

    void heard(Event event, Instant now) {
        switch (event) {
            case Event.NotStored(_, var why) -> refused(why, now);
            case Event.NotIdentified(_, var why) -> refused(why, now);
            case Event.Stored _ when refused -> {
                refused = false;
                journal.note(new OfNode.Disk(true, ""), now);
            }
            case Event.Connected(var id, _, _, _, _) -> opening.remove(id);
            case Event.Closed(var id, var why, var tls) -> Optional.ofNullable(opening.remove(id))
                    .ifPresent(open -> journal.note(new OfNode.NotOpened(open.remote(),
                            open.way() instanceof Way.Tls over ? over.domain() : "", why, tls),
                            now));
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> { }
        }
    }

    private void refused(String why, Instant now) {
        refused = true;
        journal.note(new OfNode.Disk(false, why), now);
    }

    List<Effect> said(List<Effect> effects, Instant now) {
        boolean noted = false;
        for (var effect : effects) switch (effect) {
            case Effect.Open open -> opening.put(open.id(), open);
            case Effect.Tell(Noted fact) -> {
                noted = true;
                journal.note(fact, now);
            }
            //  of the ring there are facts
            case Effect.Note(Trace.What.Remark(var about, var text, var citation))
                    when about != Trace.Subject.RING -> journal.note(
                            new OfNode.Remark(about, Secrets.masked(text), citation), now);
            default -> { }   // of no use to who asks why
        }
        return !noted ? effects : effects.stream().filter(effect ->
                !(effect instanceof Effect.Tell(Noted _))).toList();
    }
}
