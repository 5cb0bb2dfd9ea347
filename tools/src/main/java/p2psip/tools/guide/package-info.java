/// The guide: AsciiDoc, made into chapters of the site and into a PDF by AsciidoctorJ with a few
/// macros of ours, so that it says of a rule what the annotated pages say of it. The order of the
/// chapters stands in `docs/src/index.adoc` alone.
///
/// | in the text | becomes |
/// |---|---|
/// | `rfc:3261[17.1.1.2-22]` | a link to the sentence (or section) on the annotated pages |
/// | `rfc::3261[17.1.1.2-22]` | a box: the sentence, its standing, code that obeys it, tests |
/// | a Java listing with `//=` lines, as included by tags | the listing, and a box for each |
/// | `code:Proxy[]`, `code::Proxy[forward, answer]` | the way to a class; methods of it, as above |
/// | `book-index::terms[]`, `classes`, `rules` | a part of the [BookIndex] |
/// | `machine::invite-client-transaction[]` | a state machine, drawn from its own transitions |
/// | `coverage::[]` | how far each RFC is obeyed, from the snapshot that the build checks |
/// | `verbs::[]` | what each verb says of itself |
/// | `lines-of-code::[]`, `lines-of-code::sip[]` | the size of each package; of those of SIP |
/// | `exercises::3[]` | the exercises of a chapter; what else [FlowMacros] knows |
///
/// A macro that names nothing fails the build, with the file and line it stands on.
package p2psip.tools.guide;
