package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.server.*;

/// What a registrar has assigned to the instance of a binding, and keeps as a note with it.
///
/// @param instance its URN
/// @param epoch    of its temporary GRUUs: those of another are not valid
/// @param rank     the higher, the more recently it was refreshed, among those of one address
/// @spec https://www.rfc-editor.org/rfc/rfc5627#section-5.4 RFC 5627 §5.4
record Assignment(String instance, long epoch, long rank) {
    private static final String NOTE = "Gruu";
    private static final int LONGEST = 200;

    static boolean is(Header note) { return note.is(NOTE); }

    /// Empty if there is none, or it is damaged.
    static Optional<Assignment> of(List<Header> notes) {
        return notes.stream().filter(Assignment::is).findFirst().flatMap(note -> {
            var parts = note.value().split(" ");
            try {
                return parts.length != 3 ? Optional.empty() : Optional.of(new Assignment(
                        parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /// The instance that a contact names: a URN, in angle brackets.
    static Optional<String> instance(Address contact) {
        return contact.params().get("+sip.instance")
                .filter(value -> value.length() <= LONGEST && value.startsWith("<urn:")
                        && value.indexOf('>') == value.length() - 1
                        && value.chars().allMatch(c -> c > ' ' && c < 127))
                .map(value -> value.substring(1, value.length() - 1));
    }

    boolean isOf(String urn) { return instance.equalsIgnoreCase(urn); }

    Header note() { return new Header(NOTE, instance + " " + epoch + " " + rank); }

    /// A binding with this in place of what it had.
    Binding on(Binding binding) {
        return new Binding(binding.contact(), binding.callId(), binding.cseq(), binding.expires(),
                binding.flow(), Stream.concat(binding.notes().stream().filter(n -> !is(n)),
                        Stream.of(note())).toList());
    }
}
