package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5057.Harm;

/// The dialogs of a user agent, and the usages that share them: a dialog ends with its last usage.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-3 RFC 5057 §3
final class Dialogs {
    /// How many usages share a dialog; one more is refused.
    static final int MAX_USAGES = 16;

    /// So many that have ended are remembered; at the limit the oldest is forgotten.
    static final int MAX_ENDED = 100;

    private final Map<Dialog.Id, Dialog> all = new HashMap<>();
    private final Map<Long, SequencedSet<Dialog>> joined = new HashMap<>();
    private final SequencedSet<Dialog.Id> ended = new LinkedHashSet<>();
    private final Outbox<Output> out;

    Dialogs(Outbox<Output> out) { this.out = out; }

    /// The dialog that a request of the peer is part of.
    Optional<Dialog> find(Request request, String localTag) {
        return find(new Dialog.Id(request.callId(), localTag, request.from().tag().orElse("")));
    }

    boolean ended(Dialog.Id id) { return ended.contains(id); }

    Optional<Dialog> find(Dialog.Id id) { return Optional.ofNullable(all.get(id)); }

    /// The dialogs of a usage, oldest first.
    private SequencedSet<Dialog> of(long usage) {
        return joined.getOrDefault(usage, Collections.emptyNavigableSet());
    }

    /// The confirmed dialog of a usage.
    Optional<Dialog> confirmed(long usage) {
        return of(usage).stream().filter(dialog -> !dialog.early()).findFirst();
    }

    /// Makes a usage part of a dialog; false if there is no room, or if the dialog has ended.
    boolean join(Dialog dialog, long usage) {
        if (dialog.state == Dialog.State.TERMINATED) return false;
        if (all.putIfAbsent(dialog.id(), dialog) == null) {
            dialog.maker = usage;
            enter(dialog, dialog.state);
        }
        if (!dialog.usages.contains(usage) && dialog.usages.size() >= MAX_USAGES) return false;
        dialog.usages.add(usage);
        joined.computeIfAbsent(usage, _ -> new LinkedHashSet<>()).add(dialog);
        return true;
    }

    void leave(Dialog dialog, long usage) {
        if (!dialog.usages.remove(usage)) return;
        of(usage).remove(dialog);
        if (dialog.usages.isEmpty()) end(dialog);
    }

    /// A usage is over.
    void leave(long usage) {
        for (var dialog : List.copyOf(of(usage))) leave(dialog, usage);
        joined.remove(usage);
    }

    void end(Dialog dialog) {
        dialog.usages.forEach(usage -> of(usage).remove(dialog));
        dialog.usages.clear();
        if (all.remove(dialog.id()) == null) return;
        enter(dialog, Dialog.State.TERMINATED);
        ended.addLast(dialog.id());
        if (ended.size() > MAX_ENDED) ended.removeFirst();
    }

    void confirm(Dialog dialog) { if (dialog.early()) enter(dialog, Dialog.State.CONFIRMED); }

    private void enter(Dialog dialog, Dialog.State next) {
        dialog.state = next;
        out.add(new Output.Changed(dialog.toString(), next));
    }

    /// A response to a request of ours has made a dialog, or has come in one made before.
    ///
    /// @param usage that has asked
    void made(Dialog dialog, Response response, long usage) {
        join(dialog, usage);
        if (!response.success()) return;
        //  one that a NOTIFY has made keeps the way of that
        if (dialog.early() && dialog.call().isPresent()) dialog.reroute(response);
        confirm(dialog);
    }

    /// Ends the part of those in a dialog to which a failure of a request within it means that, and
    /// says who they are.
    ///
    /// @param usage that has asked
    /// @param alone whether the request is part of no usage, as an INFO or MESSAGE is: what ends
    ///              only that to which it belongs ends nothing, but for a call that is not there
    List<Long> failed(Dialog dialog, long usage, boolean alone, int status) {
        var usages = List.copyOf(dialog.usages);
        var ended = switch (Harm.of(status)) {
            case TRANSACTION -> List.<Long>of();
            case DIALOG -> usages;
            case USAGE -> (alone ? status == 481 || status == 408 ? dialog.call()
                    : OptionalLong.empty() : OptionalLong.of(usage)).stream().boxed()
                    .filter(usages::contains).toList();
        };
        ended.forEach(hit -> leave(dialog, hit));
        return ended;
    }
}
