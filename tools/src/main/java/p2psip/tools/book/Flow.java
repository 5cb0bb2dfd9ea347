package p2psip.tools.book;

import module java.base;
import p2psip.app.trace.*;
import p2psip.app.trace.Trace.Subject;
import p2psip.app.trace.Trace.What;

/// A run in virtual time that a chapter tells of. The same run each time, to the last byte: what
/// the book shows of it is what the code did when the book was made.
///
/// @param name   by which a chapter asks for it
/// @param traces what happened, from the moment that the chapter begins with
public record Flow(String name, List<Trace> traces) {
    public Flow { traces = List.copyOf(traces); }

    /// What a ladder shows beside the messages of SIP.
    public enum Shown {
        /// The sound, and its reports.
        MEDIA,
        /// The states of transactions.
        TRANSACTIONS,
        /// The states of dialogs and calls.
        DIALOGS
    }

    /// @throws IllegalArgumentException if there is none of this name
    public static Flow of(String name) {
        return new Flow(name, Optional.ofNullable(Run.ALL.get(name)).orElseThrow(() ->
                new IllegalArgumentException("no flow " + name + ", there are: "
                        + String.join(", ", Run.ALL.keySet()))).apply(new Run()));
    }

    /// Drawn as text, for a terminal and for tests.
    public String text(Set<Shown> shown) { return ladder(shown).draw(); }

    /// Drawn for a page.
    public String svg(Set<Shown> shown) { return ladder(shown).svg(name, _ -> ""); }

    private Ladder ladder(Set<Shown> shown) {
        var ladder = new Ladder();
        traces.stream().filter(trace -> trace.what().subject().filter(subject -> switch (subject) {
            case SIP -> true;
            case MEDIA -> shown.contains(Shown.MEDIA);
            case RING, STUN -> false;
        }).isPresent()).filter(trace -> switch (trace.what()) {
            case What.Message _ -> true;
            case What.State(var machine, _) -> machine.matches("\\S+ (client|server)\\b.*")
                    ? shown.contains(Shown.TRANSACTIONS)
                    : machine.matches("((incoming )?call|dialog) .*")
                            && shown.contains(Shown.DIALOGS);
            case What.Remark _, What.Sealed _, What.Wire _ -> false;
        }).forEach(ladder);
        return ladder;
    }

    /// A message of SIP as it was sent.
    ///
    /// @param what how its summary begins, as the ladder has it: `INVITE`, `200 OK (INVITE)`; with
    /// ` 2` behind it the second that begins so
    /// @throws IllegalArgumentException if there is none
    public String message(String what) {
        var m = COUNTED.matcher(what);
        boolean counted = m.matches();
        var begin = counted ? m.group(1) : what;
        return traces.stream().map(Trace::what)
                .filter(w -> w.subject().equals(Optional.of(Subject.SIP)))
                .flatMap(w -> w instanceof What.Message message && message.sent()
                        && message.summary().startsWith(begin)
                        ? Stream.of(message.text()) : Stream.empty())
                .skip(counted ? Long.parseLong(m.group(2)) - 1 : 0).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "in the flow " + name + " nobody sends " + what));
    }

    private static final Pattern COUNTED = Pattern.compile("(.*[^ ]) (\\d)");
}
