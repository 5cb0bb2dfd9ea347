/// Privacy: what a caller wants to be kept from whom he calls.
///
/// [Privacy] is the field, `Privacy: id;critical`: what is asked for, what is left of it when one
/// thing was done, and the From of who wants to remain unknown. [PrivacyService] is the extension
/// of a proxy that refuses what is critical and beyond it. What it does for `id` is in
/// [p2psip.std.rfc3325].
///
/// ```java
/// var service = new PrivacyService(Set.of(Privacy.ID));
/// var proxy = new Proxy(home, guard, List.of(service, trustDomain), false, secret, random);
/// ```
///
/// To hide Via, Contact and Record-Route (`header`), the session (`session`), or all that the
/// caller says of himself (`user`), a server has to be a party of the dialog itself, on both sides.
/// None here is: what stands in `left-out.txt` beside this file is mostly that.
package p2psip.std.rfc3323;
