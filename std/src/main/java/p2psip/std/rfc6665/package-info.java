/// Event notification: somebody subscribes to how something is, and is told whenever that changes.
/// What it is (presence, waiting messages, calls ...) says an event package, which is a value here.
///
/// Reading order: [EventPackage] and [Document] are what a package says and what is told;
/// [Subscriptions] is the extension of a [p2psip.std.rfc3261.ua.UserAgent]; [Subscriber] and
/// [Notifier] are the two ends of a subscription.
///
/// | section | file |
/// |---|---|
/// | 3.1.2, 8.2.1 Event | [EventType] |
/// | 4.1 subscriber | [Subscriber]; 4.1.3 reasons: [Reason], [SubscriptionState] |
/// | 4.2.1 who may subscribe | `Admission`, [Access], [Authentication], `Watchers` (limits) |
/// | 4.2.2 notifier | [Notifier]; `Publication`, which tells all of them |
/// | 4.4.1 NOTIFY before the 2xx, and forks | [Subscriber], and the dialogs of the user agent |
/// | 5.3.2 documents that say what is new | [Table], [Row] |
/// | 5.4 packages | [EventPackage] |
///
/// ```java
/// var presence = PresenceEvents.of("sip:alice@atlanta.com").watchedBy(_ -> Access.PENDING);
/// var events = new Subscriptions(List.of(presence), random);
/// var agent = new UserAgent(profile, List.of(events), random);
/// ```
///
/// The program says how things are by [Publish], watches somebody by
/// [Subscriber.Command.Subscribe], and decides on who watches, whom [Notifier.Event.Watching]
/// names, by [Notifier.Command.Decide].
///
/// **A stranger makes no more bytes than he brings.** Whoever subscribes over UDP and is not known
/// to be where he says he is, is sent back to where he came, with a word in the URI that only he
/// hears (`Proof`); until he comes with it, nothing is kept and no NOTIFY is sent. One who wants
/// his NOTIFYs elsewhere is told nothing before he has answered there.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): passwords
/// for who notifies, dialogs shared with calls.
package p2psip.std.rfc6665;
