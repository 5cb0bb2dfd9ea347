/// HTTP authentication as SIP uses it: Digest, client and server, and the syntax of Basic.
///
/// A server that wants to know who is asking refuses with a [Challenge], which holds a *nonce*. The
/// client sends the request again with [Credentials], which hold a digest of password, nonce,
/// method and URI; the password itself is never sent. The server computes the same digest and
/// compares.
///
/// RFC 2617 is the text that RFC 3261 speaks of; what its successors changed is here too and cited
/// by their names: RFC 7616 (SHA-256, SHA-512/256, several challenges) and RFC 8760 (the same in
/// SIP). It is all arithmetic and bookkeeping: the time is an argument, nonces and cnonces come
/// from the `RandomGenerator` handed in.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 1.2 framework, several challenges in one list | [Params], [Challenge] |
/// | 2 Basic | [Challenge.Basic], [Credentials.Basic] |
/// | 3.2.1 WWW-Authenticate | [Challenge.Digest], [Algorithm], [Qop] |
/// | 3.2.2 Authorization, the digest itself | [Credentials.Digest], [Secret] |
/// | 3.2.3 Authentication-Info | [DigestServer.Proof] |
/// | 3.3 operation | [DigestClient], [DigestServer] |
/// | 3.6 proxies | [Challenger] |
/// | 4.3, 4.5 nonces and replay | `Nonces` |
///
/// A client and a server, as `DigestTest` runs them:
/// ```java
/// var alice = new DigestClient("alice", new Secret.Password("wonderland"), random);
/// var server = new DigestServer("example.com", users, Policy.RFC8760, random);
///
/// var challenges = server.challenges(now).stream().map(Challenge::toString).toList();
/// var answer = alice.answer(Challenger.SERVER, challenges, List.of(), "REGISTER", uri, body);
/// // Authorize[credentials=[Digest alice@example.com]]; their text() goes into Authorization
/// var verdict = server.verify(authorization, "REGISTER", uri, body, now);
/// // Granted[user=alice, ...]
/// ```
///
/// Left out: `username*` and `userhash` of RFC 7616 (SIP's quoted strings carry UTF-8, and a From
/// header names the user anyhow), `domain` (it is kept, but protection spaces are realms here), and
/// a server for Basic, which RFC 8760 forbids in SIP.
//= rfc2617#1.2-5 exception a realm is a text without further meaning here
//= rfc2617#1.2-6 exception a permission about realms that asks nothing of an implementation
//= rfc2617#1.2-16 exception other mechanisms are other packages: TLS, the links between nodes
//= rfc2617#2-1 exception Basic is syntax only here: RFC 8760 §2.6 forbids its use in SIP
//= rfc2617#2-3 exception no server here offers Basic
//= rfc2617#2-4 exception no proxy here offers Basic
//= rfc2617#2-5..7 exception no client here answers Basic
//= rfc2617#3.1.* exception background: it asks nothing of an implementation
//= rfc2617#3.2.1-2..5 exception domain is kept and not used: in SIP a realm is the protection space
//= rfc2617#3.2.2.4-1 exception an example
//= rfc2617#3.2.2.5-5 exception an explanation
//= rfc2617#3.2.2.5-6..9 exception SIP has no shared caches
//= rfc2617#3.2.3-1 exception the server here sends no nextnonce: counts keep off replays
//= rfc2617#3.2.3-3..5 exception the server here sends no nextnonce: counts keep off replays
//= rfc2617#3.3-6 exception an old nonce is never accepted
//= rfc2617#3.3-8 exception the server here sends no opaque: its nonce holds its state
//= rfc2617#3.4-1 exception a policy of the operator
//= rfc2617#3.5-1 exception an example
//= rfc2617#3.6-1 exception a permission that asks nothing of an implementation
//= rfc2617#4.2-1 exception advice about Basic, which is not used
//= rfc2617#4.3-2 exception discussion of nonces
//= rfc2617#4.3-3 exception one-time nonces are not used: counts keep off replays
//= rfc2617#4.3-4 exception discussion of nonces
//= rfc2617#4.4.* exception a comparison that asks nothing of an implementation
//= rfc2617#4.5-1 exception nonces are not bound to addresses, for clients move
//= rfc2617#4.6-1 exception a server here offers Digest alone, with several algorithms
//= rfc2617#4.8-2 exception what users see is the application's; Basic is never answered
//= rfc2617#4.14.* exception a summary that asks nothing of an implementation
//= rfc2617#9.* exception the licence of the text
//= rfc2617#1.2-18 exception the same again: RequestForwarding says where it is obeyed
//= rfc2617#3.2.2-7 todo a refusal for a WRONG password gets a remark in the trace, beside its 401
//= rfc2617#3.2.2.5-4 exception another uri is allowed in SIP (3261 §22.4): no symptom of an attack
//= rfc2617#3.3-9..10 exception the same again: RequestForwarding says where it is obeyed
//= rfc2617#4.1-2..3 exception advice for servers that take Basic: none here does
//= rfc2617#4.13-1 exception a file of users may have HA1 for passwords; the operator guards it
//= rfc7616#3.3-1..3 exception domain is kept and not used: in SIP a realm is the protection space
//= rfc7616#3.3-5 exception the server here sends no opaque: its nonce holds its state
//= rfc7616#3.3-11 exception no charset is sent: SIP is UTF-8
//= rfc7616#3.3-12 exception usernames are not hashed: From shows them
//= rfc7616#3.4-5 exception usernames are not hashed: From shows them
//= rfc7616#3.4-8 todo a refusal for a WRONG password gets a remark in the trace, beside its 401
//= rfc7616#3.4-9 exception nothing is logged but what toString tells: user and realm
//= rfc7616#3.4.4.* exception usernames are not hashed: From shows them
//= rfc7616#3.4.6-2 exception the same as RFC 2617 §3.2.2.5-2, which is cited where it is obeyed
//= rfc7616#3.5-1..3 exception the server sends no nextnonce; Authentication-Info may be sent
//= rfc7616#3.5-5..7 exception the server here sends no nextnonce: counts keep off replays
//= rfc7616#3.5-11..12 exception the same rules of quoting as 3.4-6 and 3.4-7: Params obeys them
//= rfc7616#3.6-5 exception an old nonce is never accepted
//= rfc7616#3.6-7..8 exception RFC 2617 §1.2-17 is the same: RequestForwarding obeys it
//= rfc7616#4-1 exception no charset is sent: SIP is UTF-8
//= rfc7616#5.1-1..2 exception what passwords and transports are used is the operator's choice
//= rfc7616#5.2-1..2 exception RFC 2617 §4.13-2 and -3 are the same: Access obeys them
//= rfc7616#5.4-2..3 exception one-time nonces are not used: counts keep off replays
//= rfc7616#5.6-1 exception a server here offers Digest alone, with several algorithms
//= rfc7616#6.1.* exception registrations with IANA
//= rfc8760#2.6-3 exception the digest's own uri is not looked up: the Request-URI decides
package p2psip.std.rfc2617;
