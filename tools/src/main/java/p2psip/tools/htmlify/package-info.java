/// The site: pages with the code on one side and what the RFC says on the other, and around them
/// one frame for these, the chapters of the guide and the javadoc.
///
/// Reading order: `Book`, what the pages are made of; `Program`, the sources as the compiler sees
/// them; `Frame`, what stands around each page; `SourcePage` with its `Facts` and `Notes`, and
/// `RfcPages` with their `Errata`, the two sides of the same citations; `FrontPage`,
/// `PackagePages`, `NotDone` and `SearchIndex`, the ways in; `Chapters` and `ChapterPage`, the
/// guide; `Api`, the javadoc; `Site`, all of it; `Check`, whether it is whole. `Lexer`, `Paint`,
/// `Prose`, `Comment`, `Names`, `Keywords` and `Bars` set what the pages show.
///
/// The words of an RFC come from the reader's own copy alone; without it the pages have ours.
package p2psip.tools.htmlify;
