package p2psip.std.rfc8656;

import module java.base;

/// How much a server does for its clients at most.
///
/// @param allocations of all users together; beyond it 508
/// @param perUser     allocations with one user name; beyond it 486
/// @param permissions of one relayed address; beyond it 508
/// @param channels    of one relayed address; beyond it 508
/// @param bytes       a second, that one allocation relays in both directions; what is more is
///                    dropped
/// @param packets     a second, likewise
/// @param longest     the longest lifetime of an allocation
public record Limits(int allocations, int perUser, int permissions, int channels, long bytes,
        int packets, Duration longest) {

    /// What suits one machine: 900 sockets, below the 1,000 that a host has.
    //= rfc8656#7.2-14 an allocation lives an hour at most
    public static final Limits USUAL = new Limits(
            900, 20, 256, 256, 12_500_000, 20_000, Duration.ofHours(1));

    /// The same with another number of allocations for each user.
    public Limits perUser(int most) {
        return new Limits(allocations, most, permissions, channels, bytes, packets, longest);
    }

    /// The same with another number of allocations in all.
    public Limits allocations(int most) {
        return new Limits(most, perUser, permissions, channels, bytes, packets, longest);
    }

    /// The same with another measure of what one allocation relays in a second.
    public Limits rate(long bytes, int packets) {
        return new Limits(
                allocations, perUser, permissions, channels, bytes, packets, longest);
    }
}
