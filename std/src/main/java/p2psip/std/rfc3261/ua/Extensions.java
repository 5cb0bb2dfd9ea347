package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc5626.Outbound;

/// What a user agent can do, by itself and by its extensions: as one. Each list is in the order in
/// which it is written to the wire.
final class Extensions {
    /// What it can do by itself.
    //= rfc3261#13.1-1 who supports INVITE supports ACK, CANCEL and BYE
    private static final List<String> METHODS =
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");

    /// For Allow, for Supported, for Accept.
    final List<String> methods, options, bodies;
    /// Methods that make a dialog, and move the target of one, and what bodies may be for.
    final List<String> dialogMethods, dispositions;
    /// More header fields that say what we can do.
    final List<Header> introduction;
    /// For Contact.
    final Params features;
    private final List<Extension> each;

    /// @param profile says how calls are extended from within, and how the user agent is reached
    Extensions(Profile profile, List<Extension> others) {
        each = Stream.concat(Stream.of(profile.calls()), others.stream()).toList();
        //= rfc3261#13.2.1-2 what else can be received within a dialog is allowed, too
        methods = with(METHODS, Extension::methods);
        dialogMethods = all(Extension::dialogMethods);
        //= rfc5626#4.2.1-4 the option-tag outbound is in Supported of a REGISTER
        //= rfc5626#4.3-1 and in that of other requests
        //= rfc5626#4.2.1-8 path too, for what Path asks of a UAC is to say so
        options = with(profile.outbound().isEmpty() ? List.of() : List.of(Outbound.OPTION, "path"),
                Extension::options);
        //= rfc3261#13.2.1-17 SDP first of all
        bodies = with(List.of(Content.SDP), Extension::bodies);
        introduction = all(Extension::introduction);
        dispositions = with(List.of("session", "render"), Extension::dispositions);
        features = new Params(all(extension -> extension.features().list()));
    }

    private <T> List<T> with(List<T> own, Function<Extension, List<T>> added) {
        return Stream.concat(own.stream(), said(added)).distinct().toList();
    }

    /// What they say, one after the other.
    <T> Stream<T> said(Function<Extension, List<T>> what) {
        return each.stream().map(what).flatMap(List::stream);
    }

    /// The same, each thing once.
    <T> List<T> all(Function<Extension, List<T>> what) { return with(List.of(), what); }

    /// Our contact as all of them have it registered.
    Address registered(Address contact) {
        for (var extension : each) contact = extension.registered(contact);
        return contact;
    }

    /// What the first of them says that says anything.
    <T> Optional<T> first(Function<Extension, Optional<T>> what) {
        return each.stream().map(what).flatMap(Optional::stream).findFirst();
    }
}
