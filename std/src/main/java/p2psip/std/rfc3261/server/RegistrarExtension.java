package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// What an RFC adds to a [Registrar]. It sees a REGISTER before that changes anything and may
/// refuse it, leaves notes with the bindings that are made, and has a word in the answer.
///
/// ```
/// REGISTER --> refuses --> notes --> Binding --> bound --> Destination --> ProxyExtension.found
///                                                  |
///     200 <------------- accepted <----------------+
/// ```
public interface RegistrarExtension {

    /// The option tags that a REGISTER may require.
    default List<String> options() { return List.of(); }

    /// Why a REGISTER is refused, though its sender may register there.
    default Optional<Refusal> refuses(Request register, Flow flow) { return Optional.empty(); }

    /// What is to be known of a contact as long as it is bound: the binding has it, on disk too,
    /// and each [Destination] that is made of it.
    ///
    /// @param contact one of those in the REGISTER
    default List<Header> notes(Request register, Address contact) { return List.of(); }

    /// All that an address of record is about to have, where what is noted with one binding depends
    /// on others, or changes those.
    ///
    /// @param before what it has had
    /// @param after  what the REGISTER makes of that; those that are not in `before` it has made
    default List<Binding> bound(Request register, List<Binding> before, List<Binding> after) {
        return after;
    }

    /// By what a binding is known, if not by the URI of its contact: a REGISTER of the same takes
    /// its place.
    default Optional<String> key(Binding binding) { return Optional.empty(); }

    /// Whether what is for a contact is to go over the very flow that its REGISTER came by.
    default boolean byFlow(Request register, Address contact) { return false; }

    /// The 200 with what it has to say beyond the bindings.
    ///
    /// @param bindings all that the address of record has now
    default Response accepted(Response ok, Request register, List<Binding> bindings) { return ok; }
}
