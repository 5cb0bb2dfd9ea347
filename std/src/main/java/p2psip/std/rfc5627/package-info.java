/// GRUU: a URI that leads to one phone of a user, from anywhere.
///
/// The address of record leads to all phones of a user, and the address in a Contact often leads
/// nowhere but within a call. A registrar therefore gives each phone that names its instance two
/// URIs, which the phone puts into the Contact of its calls: who has one of them reaches that phone
/// again, to transfer the call to it, say.
///
/// ```
/// REGISTER   phone --- Contact: <sip:bob@192.0.2.9>;+sip.instance="<urn:uuid:1>" ---> registrar
/// 200        phone <-- Contact: ...;pub-gruu="sip:bob@example.com;gr=urn:uuid:1" ---- registrar
///                                  ;temp-gruu="sip:tgruu.7hs2...@example.com;gr"
/// INVITE     phone --- Contact: <sip:bob@example.com;gr=urn:uuid:1> ----------------> alice
/// REFER      alice --- REFER sip:bob@example.com;gr=urn:uuid:1 ---> proxy of the domain
/// REFER                proxy --- REFER sip:bob@192.0.2.9 ---------> phone
/// ```
///
/// The public one shows whose it is and stays as long as the address. A temporary one hides it, is
/// new with each REGISTER, and all of them end with the registration.
///
/// | section | where |
/// |---|---|
/// | 3.1 what is one | [Gruu] |
/// | 4 user agent | [GruuUserAgent], and when it registers: [p2psip.std.rfc3261.ua.Registration] |
/// | 5 registrar | [GruuRegistrar]; what it keeps: `Assignment` |
/// | 6 proxy | [GruuProxy] |
/// | A.2 temporary GRUUs | [TemporaryGruus] |
///
/// Nothing is kept of a public GRUU: any instance of an address that is known has one, registered
/// or not. Nor is a temporary one kept: it brings the address and an epoch along, sealed, and is
/// valid as long as a binding of the address has a note with that epoch.
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): GRUUs that
/// user agents make themselves (§4.3), what the registration package says of them (RFC 5628), and
/// caller preferences.
package p2psip.std.rfc5627;
