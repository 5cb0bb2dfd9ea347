/// A registrar and proxy for one domain, and its parts: [Sipd] is the program and `Server` the core
/// that stands on the stack. [Users] are who may register, [Access] asks them for their passwords,
/// [LocalLocations] says where they are, and [BindingStore] keeps that on disk.
package p2psip.app.sipd;
