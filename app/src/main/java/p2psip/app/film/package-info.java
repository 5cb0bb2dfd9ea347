/// Films: pictures that others have coded, out of files and into files, in the order and at the
/// times at which they are seen. Nobody here opens them: what they show is the business of who made
/// the file and of who plays it.
///
/// [FilmFile] reads and writes a [Film], or reads a [Reel] of one as it comes; `AnnexB` is the form
/// of H.264, `Ivf` that of VP8.
package p2psip.app.film;
