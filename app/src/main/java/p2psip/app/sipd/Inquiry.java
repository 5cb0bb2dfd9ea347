package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.server.Aor;

/// What a running server can be asked, by its program or by who asks the program.
///
/// One goes in as the command [Ask] and is told [Answered], with the same id, at once.
public sealed interface Inquiry {
    /// So many contacts, or users, are answered with at most; how many more there are is said.
    int LISTED = 10_000;

    /// The command.
    ///
    /// @param id the asker's own
    record Ask(long id, Inquiry inquiry) {}

    /// What is told for it, once.
    record Answered(long id, Reply reply) {}

    /// Who is registered, and where? Answered by [Reply.Contacts].
    record Contacts() implements Inquiry {}

    /// End all bindings of an address of record. Answered by [Reply.Done].
    record Kick(Aor aor) implements Inquiry {}

    /// Who may register? Answered by [Reply.Listed].
    record Listing() implements Inquiry {}

    /// Who has guessed passwords and is looked at no more? Answered by [Reply.Banned].
    record Bans() implements Inquiry {}

    /// Forgive what came from an address, and from those that are banned with it. Answered by
    /// [Reply.Done].
    record Unban(InetAddress source) implements Inquiry {}

    /// How full are its tables, and what has happened? Answered by [Reply.Counted].
    record Count() implements Inquiry {}

    /// These are the users from now on; the bindings of those who are none any more end. Answered
    /// by [Reply.Done].
    record Renew(Optional<Users> users) implements Inquiry {}

    /// What it answers.
    sealed interface Reply {

        /// @param more how many more there are than these
        record Contacts(List<Contact> contacts, int more) implements Reply {}

        /// @param anybody whether there is no list: anybody may register
        record Listed(List<Users.User> users, boolean anybody, int more) implements Reply {}

        record Banned(List<Logins.Ban> bans) implements Reply {}

        /// @param sizes how full its tables are, by what is in them
        record Counted(SequencedMap<String, Integer> sizes, Logbook.Counters counters)
                implements Reply {}

        /// @param number of bindings that have ended, of bans that were lifted
        record Done(int number) implements Reply {}

        /// It could not be done; `why` is for the user.
        record Declined(String why) implements Reply {}
    }

    /// One binding.
    ///
    /// @param by   the flow that it is reached by, if that is not the contact's own
    /// @param left how long it is good for
    record Contact(Aor aor, String contact, Optional<Flow> by, Duration left) {}
}
