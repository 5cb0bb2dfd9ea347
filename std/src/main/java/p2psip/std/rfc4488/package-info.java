/// A REFER after which nothing is told: no subscription comes of it.
///
/// [ReferSub] is the header field by which that is asked for and granted (§4); the package
/// [p2psip.std.rfc3515] does what it says.
///
/// ```java
/// var quiet = refer.with(ReferSub.NAME, ReferSub.NO);
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc4488;
