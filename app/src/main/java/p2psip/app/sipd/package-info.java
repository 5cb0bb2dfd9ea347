/// A registrar and proxy for one domain, and its parts: [Sipd] is the program and `Server` the core
/// that stands on the stack. [Users] are who may register, [Access] asks them for their passwords,
/// [LocalLocations] says where they are, and [BindingStore] keeps that on disk.
///
/// For its operator: an [Inquiry] asks a server that runs, a [Logbook] says and counts what
/// happens, a [CallLog] knows which calls are up, [Logins] bans who guesses, the [Doorkeeper] lets
/// nothing begin when the server is about to end, and [Reconnected] finds phones whose connections
/// ended with the server before.
package p2psip.app.sipd;
