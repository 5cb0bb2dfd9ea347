/// HTTP authentication as SIP uses it: Digest, client and server, and the syntax of Basic.
///
/// A server that wants to know who is asking refuses with a [Challenge], which holds a *nonce*. The
/// client sends the request again with [Credentials], which hold a digest of password, nonce,
/// method and URI; the password itself is never sent. The server computes the same digest and
/// compares.
///
/// RFC 2617 is the text that RFC 3261 speaks of; what its successors changed is here too and cited
/// by their names: RFC 7616 (SHA-256, SHA-512/256, several challenges), RFC 8760 (the same in SIP)
/// and RFC 8898 (what stands beside other schemes; its own, Bearer, is passed over). It is all
/// arithmetic and bookkeeping: the time is an argument, nonces and cnonces come from the
/// `RandomGenerator` handed in.
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
/// | 3.3 operation | [DigestClient] with its [Accounts], [DigestServer] |
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
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file):
/// `username*` and `userhash` of RFC 7616 (SIP's quoted strings carry UTF-8, and a From header
/// names the user anyhow), `domain` (it is kept, but protection spaces are realms here), and a
/// server for Basic, which RFC 8760 forbids in SIP.
package p2psip.std.rfc2617;
