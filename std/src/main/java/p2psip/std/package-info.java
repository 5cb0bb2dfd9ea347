/// The kernel of the protocols: a [Machine] is told what happened and when, and answers what to do.
///
/// Read [Machine] first, then [Timers] (the timers of one machine) and [Machines] (the children of
/// a parent machine). [Cited] and [Entered] let a machine say which state it entered and which
/// section of an RFC asked for it. [Bytes] is what bodies and datagrams are made of, and
/// [Digests] are made of bytes; [Ticks] are time as samples and timestamps count it.
///
/// Nothing here or in the packages below does I/O, reads a clock, starts a thread or rolls dice of
/// its own: a `RandomGenerator` is handed in where chance is needed.
package p2psip.std;
