/// Where records are kept and found, whichever way: a [Lookup] is asked a [Query] and gives an
/// [Answer].
///
/// One implementation is the overlay ([p2psip.app.p2p.Overlay]), which keeps records on the ring of
/// [p2psip.app.dht]. A decorator is a lookup before another: [Sharing] asks it no more than it must
/// and never lets it forget. [Pins] decides which of several owners of one address is believed.
///
/// ```
/// REGISTER  -> Ask(Put)  \             /  the same Ask  -> overlay -> ring
///                         Sharing ----
/// INVITE    -> Ask(Get)  /             \  the same Ask  -> overlay -> ring
///           <- Told(Found)                <- Told(Found)
///    then Pins.choose
/// ```
package p2psip.app.lookup;
