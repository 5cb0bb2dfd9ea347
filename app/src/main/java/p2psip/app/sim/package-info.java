/// The laboratory: whole networks in virtual time, and what is measured on them.
///
/// [LinkedNode] is a node that has nothing but Links; [Home] is behind what it lives; [NatMatrix]
/// lets each kind call each other kind, beside what the rules owe.
///
/// [RingTrial] has a ring of many nodes come and go as a [RingSetting] says: [Agenda] is its time,
/// [Latency] the distances, [RingTransport] what is between [RingMember]s, and [RingFindings] what
/// was seen.
///
/// [LiveRing] is a ring that somebody meddles with while it runs, and that goes back in time:
/// [RingWorld] is one of its pasts.
package p2psip.app.sim;
