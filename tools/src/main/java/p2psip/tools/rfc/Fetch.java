package p2psip.tools.rfc;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import p2psip.app.host.Why;
import p2psip.app.p2psip.*;

/// Downloads texts of RFCs, checks each against the frozen index and keeps it in the cache. Nothing
/// else in this project downloads a specification.
///
/// A text goes into the cache when it is whole and right, and in one moment; so a run that was
/// broken off is simply begun again, and goes on with what is not there.
///
/// @param from     where `rfcNNNN.txt` is found
/// @param patience how long one text may take
record Fetch(URI from, Path cache, Duration patience) {
    static final String EDITOR = "https://www.rfc-editor.org/rfc/";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Octets; the longest RFC has a third of it.
    private static final int LARGEST = 4 << 20;
    /// So many in a row without an answer, and the server is given up.
    private static final int SILENT = 3;

    /// What a run did: the octets of each text it has fetched, those that were there, those it
    /// could not have.
    record Done(List<Integer> fetched, List<Integer> there, List<Integer> missing) {
        boolean all() { return missing.isEmpty(); }

        /// One line.
        String told(Path cache) {
            long octets = fetched.stream().mapToLong(Integer::longValue).sum();
            return "%d %s fetched (%.1f MB), %d there before, in %s%s".formatted(fetched.size(),
                    fetched.size() == 1 ? "text" : "texts", octets / 1e6, there.size(), cache,
                    all() ? "" : "; " + missing.size() + " not to be had, the pages have our own"
                            + " words for them; the same command tries them again");
        }
    }

    /// No text came, for a reason that is told; silent if nobody answered.
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        final boolean silent;

        Failed(String why, boolean silent) {
            super(why);
            this.silent = silent;
        }
    }

    /// @throws UserMistake if this is no address of a server
    static URI server(String address) {
        try {
            var uri = new URI(address.endsWith("/") ? address : address + "/");
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme()))
                return uri;
        } catch (URISyntaxException e) {
            // told below
        }
        throw new UserMistake("--from " + address + " is no address of a web server: give one as"
                + " http://HOST/FOLDER/, where rfc3261.txt is");
    }

    /// Fetches what is not in the cache.
    Done all(List<Integer> wanted, Progress progress) throws InterruptedException {
        var fetched = new ArrayList<Integer>();
        var there = new ArrayList<Integer>();
        var missing = new ArrayList<Integer>();
        int silent = 0;
        var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience).build();
        try {
            for (int rfc : wanted) {
                if (has(rfc)) {
                    there.add(rfc);
                } else if (silent == SILENT) {
                    missing.add(rfc);
                } else try {
                    progress.step("%d of %d: rfc%d.txt".formatted(
                            fetched.size() + there.size() + missing.size() + 1, wanted.size(),
                            rfc));
                    fetched.add(one(client, rfc));
                    silent = 0;
                } catch (Failed e) {
                    silent = e.silent ? silent + 1 : 0;
                    missing.add(rfc);
                    progress.fault("RFC " + rfc + ": " + e.getMessage()
                            + (silent == SILENT ? "; no more is asked of it" : ""));
                }
            }
        } finally {
            client.shutdownNow();
            progress.done();
        }
        return new Done(fetched, there, missing);
    }

    private Path file(int rfc) { return cache.resolve("rfc" + rfc + ".txt"); }

    /// Whether the cache has this text, and no other in its place.
    private boolean has(int rfc) {
        try {
            return Files.isReadable(file(rfc)) && isOf(rfc, Files.readAllBytes(file(rfc)));
        } catch (IOException e) {
            return false;   // it is written anew, or that fails and is told
        }
    }

    /// Answers how many octets it has.
    private int one(HttpClient client, int rfc) throws Failed, InterruptedException {
        var body = download(client, from.resolve("rfc" + rfc + ".txt"));
        if (!isOf(rfc, body)) throw new Failed(from.resolve("rfc" + rfc + ".txt") + " is not the"
                + " text that was numbered; it is not kept", false);
        keep(rfc, body);
        return body.length;
    }

    private byte[] download(HttpClient client, URI text) throws Failed, InterruptedException {
        //  The client's own limit of time is for the head of an answer only.
        var answer = client.sendAsync(HttpRequest.newBuilder(text).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            HttpResponse<byte[]> whole = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (whole.statusCode() == 200) return whole.body();
            throw new Failed(text + " answered " + whole.statusCode(), false);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Failed(text + " did not come within " + patience.toSeconds() + " s", true);
        } catch (ExecutionException e) {
            throw new Failed("cannot download " + text + ": " + (e.getCause() instanceof IOException
                    io ? Why.of(io) : e.getCause().toString()), true);
        }
    }

    private void keep(int rfc, byte[] body) {
        try {
            Files.createDirectories(cache);
            var part = Files.createTempFile(cache, "rfc", ".part");
            try {
                Files.write(part, body);
                Files.move(part, file(rfc), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw UserMistake.writing(cache, e, "set XDG_CACHE_HOME to a folder that you may"
                    + " write");
        }
    }

    /// Whether these are the sentences that were numbered; of an RFC that was not, whether it is
    /// one and has its number.
    static boolean isOf(int rfc, byte[] body) {
        var text = Library.decode(body);
        var read = Index.from(RfcReader.read(rfc, text));
        return Index.of(rfc).map(read::equals).orElseGet(() -> !read.sections().isEmpty()
                && Pattern.compile("(?:RFC|Request for Comments):? *" + rfc + "\\b").matcher(text)
                        .find());
    }
}
