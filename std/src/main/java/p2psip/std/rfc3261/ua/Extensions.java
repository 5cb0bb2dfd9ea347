package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.Request;

/// The extensions of a user agent, taken together.
final class Extensions {
    private final List<Extension> all;

    Extensions(List<Extension> all) { this.all = List.copyOf(all); }

    Abilities abilities() {
        return new Abilities(each(Extension::methods), each(Extension::dialogMethods),
                each(Extension::options), each(Extension::bodies), each(Extension::introduction));
    }

    private <T> List<T> each(Function<Extension, List<T>> what) {
        return all.stream().map(what).flatMap(List::stream).distinct().toList();
    }

    /// What the first extension that serves the method begins; empty if none does.
    Optional<Usage> begin(Request request, Optional<Dialog> dialog, long number, Self self) {
        return all.stream().filter(e -> e.methods().contains(request.method())).findFirst()
                .map(e -> e.begin(request, dialog, number, self));
    }

    Optional<Usage> begin(Usage.Command command, Self self) {
        return all.stream().flatMap(e -> e.begin(command, self).stream()).findFirst();
    }
}
