/// Where records are kept and found, whichever way: [Lookup] is put, get and remove as a machine.
///
/// [DhtLookup] keeps them on the ring of [p2psip.app.dht], reached through the overlay;
/// [LocalLookup] on this node alone. [Pins] decides which of several owners of one address is
/// believed.
///
/// ```
/// REGISTER  -> Put  \                   / Ask(Put)  -> overlay -> ring
///                    Lookup (DhtLookup)
/// INVITE    -> Get  /                   \ Ask(Get)  -> overlay -> ring
///           <- Found, then Pins.choose         <- Told(Found)
/// ```
package p2psip.app.lookup;
