/// Capabilities of user agents: a phone says in its Contact what it can do, and what it is.
///
/// [Capabilities] is the extension of a user agent that says it, in registrations and in calls
/// (§6, §7); [FeatureRegistrar] keeps it with a contact. [FeatureSet] is what is said, as it can be
/// compared: terms that all hold, each with the values that a feature may have (§9). Which phone
/// is called because of it is the business of [p2psip.std.rfc3841].
///
/// ```java
/// var agent = new UserAgent(profile, List.of(Capabilities.of("audio")), random);
/// FeatureSet.of(contact.params()).matches(FeatureSet.of(Params.parse(";audio")));   // true
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3840;
