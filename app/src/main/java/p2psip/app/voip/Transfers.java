package p2psip.app.voip;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3515.*;
import p2psip.std.rfc3891.Replacements;

/// The transfers of a [Phone]: it asks the peer of a call to call somebody else, is asked for that,
/// and is called in the place of somebody.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5589#section-5 RFC 5589 §5
final class Transfers {
    /// What comes of what it is told.
    sealed interface Output {
        record Ask(Core.Command command) implements Output {}
        record Tell(News news) implements Output {}
        record Place(long call, Address peer) implements Output {}
    }

    /// A transfer of ours.
    ///
    /// @param status the last that was told of it
    private record Ours(long call, int status, String reason) {}

    private final SequencedMap<Long, Referee.Event.Asked> undecided = new LinkedHashMap<>();
    private final Map<Long, Ours> ours = new HashMap<>();
    /// For each call that was placed because somebody has asked for it, who is told of it.
    private final Map<Long, Long> followed = new HashMap<>();
    private final Map<Long, List<Header>> more = new HashMap<>();
    private final Map<Long, Long> replacing = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private final boolean following;
    /// Referrals and calls of our own have numbers far from those that the program gives.
    private long numbers = 2 * PhoneCommand.NUMBERS;

    /// @param following whether it is done what peers ask for, without more ado
    Transfers(boolean following) { this.following = following; }

    /// What the user agent needs for it, before what serves other events.
    List<Extension> extensions() { return List.of(new Replacements(), new Referrals()); }

    // We transfer

    List<Output> refer(long call, String uri) {
        return begin(call, number -> new Referrer.Command.Refer(number, call, uri));
    }

    /// The peer of a call is to talk with that of another.
    List<Output> transfer(long call, long to) {
        return begin(call, number -> new Referrer.Command.Transfer(number, call, to));
    }

    /// The peer of a call is to come into another.
    List<Output> bring(long call, long into) {
        return begin(call, number -> new Referrer.Command.Bring(number, call, into));
    }

    private List<Output> begin(long call, LongFunction<Core.Command> command) {
        ours.put(++numbers, new Ours(call, 408, Status.reason(408)));
        ask(command.apply(numbers));
        return out.take();
    }

    List<Output> told(Referrer.Event event) {
        switch (event) {
            case Referrer.Event.Progress(long number, int status, var reason) ->
                    ours.computeIfPresent(number, (_, transfer) -> {
                        tell(new News.Transferring(transfer.call, status, reason));
                        return new Ours(transfer.call, status, reason);
                    });
            case Referrer.Event.Ended(long number, int status, var reason) ->
                    Optional.ofNullable(ours.remove(number)).ifPresent(transfer ->
                            tell(status >= 300
                                    ? new News.Transferred(transfer.call, status, reason)
                                    : new News.Transferred(
                                            transfer.call, transfer.status, transfer.reason)));
        }
        return out.take();
    }

    // We are transferred

    /// Does what was asked for; nothing if that has lapsed.
    List<Output> follow(long referral) {
        Optional.ofNullable(undecided.remove(referral)).ifPresent(this::follow);
        return out.take();
    }

    private void follow(Referee.Event.Asked asked) {
        long call = ++numbers;
        followed.put(call, asked.usage());
        more.put(call, asked.more());
        tell(new News.Following(asked.call(), call, asked.to().uri()));
        ask(new Referee.Command.Follow(asked.usage()));
        //= rfc3515#2.4.2-2 the resource of the Refer-To is contacted as any that is called
        out.add(new Output.Place(call, Address.parse("<" + asked.to().uri() + ">")));
    }

    List<Output> decline(long referral) {
        if (undecided.remove(referral) != null) ask(new Referee.Command.Refuse(referral));
        return out.take();
    }

    /// A command of a conversation, with what else its INVITE is to say.
    Core.Command completed(Core.Command command) {
        return command instanceof Call.Command.Invite(long call, var uri, var offer, _)
                && more.containsKey(call)
                ? new Call.Command.Invite(call, uri, offer, more.remove(call)) : command;
    }

    List<Output> told(Referee.Event event) {
        switch (event) {
            // accepted through policy, within a dialog
            case Referee.Event.Asked asked when following -> follow(asked);
            case Referee.Event.Asked asked -> {
                undecided.put(asked.usage(), asked);
                // approval is requested of the user
                //= rfc3515#5.2-1 by the whole URI, which has no character that a terminal obeys
                tell(new News.Referred(asked.usage(), asked.call(), asked.to().uri()));
            }
            case Referee.Event.Lapsed(long referral) -> {
                if (undecided.remove(referral) != null) tell(new News.Lapsed(referral));
            }
        }
        return out.take();
    }

    // A call takes the place of another

    List<Output> told(Replacements.Replacing event) {
        switch (event) {
            //  one for each call: whoever comes after it finds the phone busy, if it is
            case Replacements.Replacing(long call, long old) -> {
                if (!replacing.containsValue(old)) replacing.put(call, old);
            }
        }
        return out.take();
    }

    /// Whether a call that comes in takes the place of another, so that it need not ring.
    boolean replaces(long call) { return replacing.containsKey(call); }

    // What becomes of calls

    List<Output> told(Call.Event event) {
        long call = event.call();
        var referral = Optional.ofNullable(followed.get(call));
        switch (event) {
            case Call.Event.Incoming _ -> {
                var old = replacing.get(call);
                if (old != null) tell(new News.Replaced(old, call));
            }
            case Call.Event.Progress(_, int status, var reason, _, _) ->
                    referral.ifPresent(number -> report(number, status, reason));
            case Call.Event.Answered _ -> {
                referral.ifPresent(number -> report(number, 200, Status.reason(200)));
                followed.remove(call);
            }
            case Call.Event.Ended(_, int status, var reason) -> {
                referral.ifPresent(number -> report(number, status, reason));
                followed.remove(call);
                more.remove(call);
                replacing.remove(call);
            }
            case Call.Event.Confirmed _, Call.Event.ChangeOffered _, Call.Event.Changed _,
                    Call.Event.NotChanged _ -> { }
        }
        return out.take();
    }

    private void report(long referral, int status, String reason) {
        ask(new Referee.Command.Report(referral, status, reason));
    }

    private void ask(Core.Command command) { out.add(new Output.Ask(command)); }

    private void tell(News news) { out.add(new Output.Tell(news)); }
}
