/// The annotated source: pages with the code on one side and what the RFC says on the other.
///
/// Reading order: `Book`, what the pages are made of; `Program`, the sources as the compiler sees
/// them; `SourcePage` with its `Notes` and `RfcPages` with their `Errata`, the two sides of the
/// same citations; `FrontPage` and `SearchIndex`, the ways in; `Site`, all of it; `Check`, whether
/// it is whole. `Lexer`, `Paint`, `Prose`, `Keywords` and `Bars` set what the pages show.
///
/// The words of an RFC come from the reader's own copy alone; without it the pages have ours.
package p2psip.tools.htmlify;
