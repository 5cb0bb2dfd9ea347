package p2psip.app.host;

import module java.base;
import module java.net.http;
import p2psip.std.Bytes;

/// Requests to servers of the web by a [RealHost]: the JDK's client, whose virtual threads only
/// post to the loop. A reply that comes faster than the node hears it waits with its sender.
///
/// The client finds addresses as the JDK does, whatever name server the host was given, and
/// believes the certificates that were believed when it was first asked.
final class WebClient {
    private record Key(Resident owner, Id id) {}

    private final RealHost host;
    private final Tls tls;
    private final Map<Key, CompletableFuture<?>> asked = new HashMap<>();
    private Optional<HttpClient> client = Optional.empty();

    WebClient(RealHost host, Tls tls) {
        this.host = host;
        this.tls = tls;
    }

    void ask(Resident owner, Effect.Http http) {
        var key = new Key(owner, http.id());
        try {
            if (asked.size() >= Host.REQUESTS) throw new IOException(Host.TOO_MANY_REQUESTS);
            if (asked.containsKey(key))
                throw new IllegalStateException("request " + key.id + " is under way already");
            var reply = client().sendAsync(request(http), info -> http.lines()
                    && info.statusCode() / 100 == 2 ? new Lines(key) : whole());
            asked.put(key, reply);
            //  a reply by lines may last, once it has begun
            (http.lines() ? reply : reply.copy().orTimeout(
                    http.patience().toNanos(), TimeUnit.NANOSECONDS))
                    .whenComplete((got, failure) -> host.post(() -> ended(key, reply,
                            failure != null ? new Event.NoReply(key.id, why(failure))
                            : new Event.Replied(key.id, got.statusCode(),
                                    Bytes.wrap(got.body())))));
        } catch (IOException | IllegalArgumentException e) {
            host.answer(owner, new Event.NoReply(http.id(), Why.of(e)));
        }
    }

    private static HttpRequest request(Effect.Http http) {
        return HttpRequest.newBuilder(http.url()).timeout(http.patience()).method(http.method(),
                http.body().isEmpty() ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(http.body().toArray())).build();
    }

    /// Made for the first who asks: most nodes never do.
    private HttpClient client() throws IOException {
        if (client.isEmpty()) client = Optional.of(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1).sslContext(tls.web())
                .connectTimeout(Host.CONNECTING).followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor()).build());
        return client.get();
    }

    private void ended(Key key, CompletableFuture<?> reply, Event event) {
        reply.cancel(true);   // one that is late goes on else
        if (asked.remove(key, reply)) host.tell(key.owner, event);
    }

    void abandon(Resident owner, Id id) {
        var reply = asked.remove(new Key(owner, id));
        if (reply != null) reply.cancel(true);
    }

    void end(Resident owner) {
        asked.keySet().stream().filter(key -> key.owner == owner).toList()
                .forEach(key -> abandon(key.owner, key.id));
    }

    void close() { client.ifPresent(HttpClient::shutdownNow); }

    /// In one line, whoever has wrapped it.
    private static String why(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        for (var deeper = cause; deeper != null; deeper = deeper.getCause())
            if (deeper instanceof UnresolvedAddressException) return Why.of(deeper);
        return switch (cause) {
            case HttpTimeoutException _ -> "timed out";
            //  so it says itself, with its own word for the limit
            case IOException e when ("" + e.getMessage()).contains("capacity") -> Host.LONG_REPLY;
            case IOException e -> Tls.why(e);
            default -> Why.of(cause);
        };
    }

    private static HttpResponse.BodySubscriber<byte[]> whole() {
        return HttpResponse.BodySubscribers.limiting(
                HttpResponse.BodySubscribers.ofByteArray(), Host.REPLY);
    }

    /// Tells a body by its lines. The next piece is asked for when the node has heard this one.
    private final class Lines implements HttpResponse.BodySubscriber<byte[]> {
        private final Key key;
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private Flow.Subscription source;
        private boolean over;

        Lines(Key key) { this.key = key; }

        @Override public CompletionStage<byte[]> getBody() { return body; }

        @Override public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            source.request(1);
        }

        @Override public void onNext(List<ByteBuffer> pieces) {
            if (over) return;
            var lines = new ArrayList<Event>();
            for (var piece : pieces) while (piece.hasRemaining()) {
                byte next = piece.get();
                if (next == '\n') lines.add(taken());
                else line.write(next);
                if (line.size() > Host.REPLY_LINE) {
                    over = true;   // something may be on its way here all the same
                    source.cancel();
                    body.completeExceptionally(new IOException(Host.LONG_LINE));
                    return;
                }
            }
            host.post(() -> {
                for (var each : lines) if (asked.containsKey(key)) host.tell(key.owner, each);
                source.request(1);
            });
        }

        private Event taken() {
            var taken = Bytes.wrap(line.toByteArray());
            line.reset();
            return new Event.ReplyLine(key.id, taken);
        }

        @Override public void onError(Throwable failure) { body.completeExceptionally(failure); }

        @Override public void onComplete() {
            if (line.size() > 0) onNext(List.of(ByteBuffer.wrap(new byte[] {'\n'})));
            body.complete(new byte[0]);
        }
    }
}
