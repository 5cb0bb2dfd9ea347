package p2psip.std.rfc3550;

import module java.base;

/// When RTCP goes out, and what goes along with the reports: as RFC 3550 has it ([Schedule]), or as
/// a profile does that lets feedback go out sooner.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3 RFC 3550 §6.3
public interface ReportTiming {

    /// Who is there: what intervals are computed from.
    ///
    /// @param members participants, this one included
    /// @param senders of them, those that have sent data of late
    /// @param weSent whether this one has
    record Group(int members, int senders, boolean weSent) {}

    /// What it is time to send.
    enum Turn {
        NONE,
        /// All there is to say.
        REGULAR,
        /// A report, the CNAME, and what was asked for.
        MINIMAL,
        /// What was asked for, alone.
        ALONE
    }

    /// When to ask again.
    Instant due();

    void stop();

    /// The interval used last, for what is counted in intervals.
    Duration last();

    /// The interval without chance, for time-outs.
    Duration timeout(Group group);

    /// Begins, when joining and when leaving.
    ///
    /// @param size of the packet to be sent
    void start(int size, Instant now);

    /// A packet of others has come.
    void sized(int size, Instant now);

    /// What is to be sent now, after all that has been heard since the timer was set.
    Turn turn(Group group, Instant now);

    /// A packet has been sent at its turn.
    void sent(Turn turn, int size, Group group, Instant now);

    /// The group has become smaller.
    void shrink(int members, Instant now);

    /// This participant begins to send data.
    void sends(Group group, Instant now);

    /// How much bandwidth RTCP has from now on.
    void share(ControlShare share);

    /// What is below RTCP adds so much to a packet from now on.
    void overhead(int bytes);

    /// Somebody here has something to say.
    ///
    /// @return false if it is not going to be said
    boolean ask(RtcpPacket packet, Group group, Instant now);

    /// Somebody there has said something that is no report, description or goodbye.
    void heard(RtcpPacket packet, Instant now);

    /// What was asked for, which is now said.
    List<RtcpPacket> take();
}
