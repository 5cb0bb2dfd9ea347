package p2psip.std.rfc8445;

import module java.base;

/// What became of one pair, for people who ask why there is no connection.
///
/// @param local   from which address was sent
/// @param state   of the pair, as it was last
/// @param checks  how many datagrams went out
/// @param heard   how many checks of the peer came in
/// @param answers how many of ours were answered
/// @param last    the last thing that happened: `no answer`, `487 Role Conflict` ...
/// @param first   when the pair was made
/// @param latest  when something last happened
public record CheckRecord(int stream, int component, Candidate local, Candidate remote,
        Pair.State state, boolean nominated, int checks, int heard, int answers, String last,
        Instant first, Instant latest) {

    static CheckRecord of(Pair pair) {
        return new CheckRecord(pair.stream(), pair.component(), pair.local(), pair.remote(),
                pair.state(), pair.nominated(), pair.checks(), pair.timesHeard(), pair.answers(),
                pair.last(), pair.made(), pair.latest());
    }

    @Override public String toString() {
        return "%s -> %s: %s%s, sent %d, answered %d, heard %d: %s".formatted(local, remote,
                state, nominated ? " nominated" : "", checks, answers, heard, last);
    }
}
