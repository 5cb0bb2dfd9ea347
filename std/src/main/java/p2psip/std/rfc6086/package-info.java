/// INFO: what two programs say to each other within a call, in requests of packages that both know.
///
/// [InfoPackages] is an extension of a [p2psip.std.rfc3261.ua.UserAgent]; it is told
/// [InfoPackages.Command]s and tells [InfoPackages.Event]s. What is said, an [InfoPackage] knows.
///
/// ```java
/// var dtmf = new InfoPackage("dtmf", "application/dtmf", Optional.empty());
/// var agent = new UserAgent(profile, List.of(new InfoPackages(List.of(dtmf))), random);
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): INFO
/// without a package, as it was used before there were any.
package p2psip.std.rfc6086;
