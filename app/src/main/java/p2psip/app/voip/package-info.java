/// Telephones: the user agent with sound, for programs and for the command line.
///
/// Reading order: [Phone] is the node, which composes SIP ([p2psip.std.rfc3261.ua.UserAgent] on a
/// [p2psip.app.sip.SipPort]) and a `Conversation` for each call, a machine that is told what SIP
/// says of the call and what the host says of its ports, and answers with `CallOutput`s: it brings
/// a `Negotiation` of offer and answer together with `Media`. That is `Sending` out of a [Source],
/// `Receiving` into a `Recorder`, and between them and the peer `Rtp`, the session on the call's
/// `MediaPorts`; what is sent and received is samples in one of the `Formats`. A [PhoneCommand] is
/// what the program around a phone asks of it, [News] what it is told: also what was heard, and
/// `Silence`.
///
/// By which way sound goes is the business of `Ice`: all that comes in at the ports comes to it
/// first, and what goes out leaves by it. It holds an agent of RFC 8445, reads and writes what
/// RFC 8839 puts into SDP, and has a `Gatherer` ask the `Helpers` that the [IceOptions] name, and
/// borrow addresses of them (`Relays`). That is done before anybody calls: ports and what is known
/// of them are a `Stock`, and one stands in `Reserve` for the next call.
/// What is found after an offer, `Trickle` knows to be told. A peer without ICE is sent to where
/// it says, and anybody is heard whom `Partner` believes.
///
/// `Mesh` has up to five phones meet in a conference without a centre: each calls each, and tells
/// the others by conference events who is there.
///
/// [Telephone] is a phone whose methods wait, for programs of ten lines (run by `TelephoneTest`):
///
/// ```java
/// try (var alice = Telephone.start(host, "alice",
///         PhoneSetup.of("sip:alice@example.com", proxy).withLogin("alice", "wonderland"))) {
///     alice.register();
///     var call = alice.call("sip:bob@example.com");
///     call.press("123#");
///     call.talk(Duration.ofSeconds(5));
///     System.out.println(call.hangUp());   // rtp=250/250 lost=0 jitter=0.4ms sent=251
/// }
/// ```
///
/// `PhoneVerb` is the same for people: `app/p2psip phone --call sip:bob@example.com ...`.
package p2psip.app.voip;
