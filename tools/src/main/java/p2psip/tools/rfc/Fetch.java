package p2psip.tools.rfc;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import p2psip.app.host.Why;
import p2psip.app.p2psip.UserMistake;

/// Downloads the text of an RFC, checks it against the frozen index and keeps it in the cache.
/// Nothing else in this project downloads a specification.
final class Fetch {
    private Fetch() {}

    /// Answers the line to print.
    static String one(HttpClient client, int rfc, Path cache)
            throws IOException, InterruptedException {
        var from = "https://www.rfc-editor.org/rfc/rfc" + rfc + ".txt";
        byte[] body;
        try {
            var answer = client.send(HttpRequest.newBuilder(URI.create(from))
                    .timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200)
                throw new UserMistake(from + " answered " + answer.statusCode());
            body = answer.body();
        } catch (IOException e) {
            throw new UserMistake("cannot download " + from + ": " + Why.of(e)
                    + "; put the text into a folder and name it with --rfc DIR");
        }
        check(rfc, Library.decode(body));
        Files.createDirectories(cache);
        var file = cache.resolve("rfc" + rfc + ".txt");
        var part = Files.createTempFile(cache, "rfc", ".part");
        Files.write(part, body);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file.toString();
    }

    /// A text whose sentences are not those that were numbered is refused.
    static void check(int rfc, String text) {
        var frozen = Index.of(rfc);
        if (frozen.isPresent() && !frozen.get().equals(Index.from(RfcReader.read(rfc, text))))
            throw new UserMistake("the text of RFC " + rfc
                    + " is not the one that was numbered; it is not kept");
    }
}
