package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// Something that a user agent can do, by itself or by an [Extension]: what others are told of it,
/// and what is made of what they tell us. Lists are written to the wire in the order they have
/// here.
public interface Ability {

    /// The methods that are served; they stand in Allow.
    default List<String> methods() { return List.of(); }

    /// Those of [#methods] that make a dialog, or within one tell where their sender is now.
    default List<String> dialogMethods() { return List.of(); }

    /// The option tags that a request may require; they stand in Supported.
    default List<String> options() { return List.of(); }

    /// The media types of bodies that are understood; they stand in Accept.
    default List<String> bodies() { return List.of(); }

    /// What a body may be for, in lower case.
    default List<String> dispositions() { return List.of(); }

    /// What we are, as parameters of our Contact wherever that stands: RFC 3840.
    default Params features() { return Params.NONE; }

    /// Header fields that go wherever we say what we can do: Allow-Events, Recv-Info.
    default List<Header> introduction() { return List.of(); }

    /// The same in requests of this method, where there may be less room.
    default List<Header> introduction(String method) { return introduction(); }

    /// The same in a response that makes a dialog, or is part of one, to this request.
    default List<Header> introduction(Request answered) { return introduction(); }

    /// The same in the ACK for a 2xx to this INVITE of ours.
    default List<Header> acknowledging(Request invite) { return List.of(); }

    /// What the program is told of a 2xx that takes a call of ours, or of the ACK to one that we
    /// have taken, after [Call.Event].
    default Optional<Usage.Event> heard(long call, Message said) { return Optional.empty(); }

    /// The servers that requests of no dialog are to visit, after those that we are configured
    /// with, as long as the registration holds that was answered so. A REGISTER visits none.
    ///
    /// @param registered the 200 to a REGISTER of ours
    default List<Address> routes(Response registered) { return List.of(); }

    /// Our contact as it is registered: with parameters that say more of us.
    default Address registered(Address contact) { return contact; }

    /// Where we are to be reached instead of at the contact that was registered, until that lapses
    /// or the next 200 says something else.
    ///
    /// @param registered the 200 to a REGISTER of ours
    default Optional<SipUri> target(Response registered) { return Optional.empty(); }

    /// What the program is told of that 200, beyond [Registration.Event.Registered].
    default List<Usage.Event> told(Response registered) { return List.of(); }
}
