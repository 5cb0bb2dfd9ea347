package p2psip.app.p2psip;

import module java.base;
import com.google.gson.*;
import p2psip.app.host.Why;
import p2psip.app.web.Client;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `pipe`: bytes between programs, of which one listens at a SIP address.
@Command(name = "pipe", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Carry bytes between two programs, one of which listens at a SIP address.",
    "The bytes go from node to node, sealed; a node must run here and there. Each direction ends by"
            + " itself. Exit code 0 when all got there, 1 when not, with one line on standard"
            + " error."})
public final class PipeVerb implements Verb {
    private static final int CHUNK = 32 * 1024;

    @Spec CommandSpec spec;

    /// What does not come to be: one line, exit code 1.
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String why) { super(why); }
    }

    /// What is done with a pipe.
    private interface Task {
        void run() throws IOException, InterruptedException, Failed;
    }

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "listen", mixinStandardHelpOptions = true, sortOptions = false,
            description = {"Listen at an address, and serve who calls: one caller by standard input"
                    + " and output, or each by a connection to --to.",
                "Who calls is printed on standard error."})
    int listen(@Mixin Running running,
            @Option(names = "--as", paramLabel = "ADDRESS", required = true,
                    description = "At which address: sip:bob@example.com.") String address,
            @Option(names = "--to", paramLabel = "HOST:PORT",
                    description = "Connect each caller there.") String to,
            @Option(names = "--from", paramLabel = "ADDRESS", split = ",",
                    description = "Who may call, if verified (default: anybody).")
            List<String> from) {
        var body = new JsonObject();
        body.addProperty("listen", address);
        if (from != null) {
            var array = new JsonArray();
            from.forEach(array::add);
            body.add("from", array);
        }
        var target = Optional.ofNullable(to).map(t -> Addresses.host("--to", t));
        if (target.filter(t -> t.port().isEmpty()).isPresent())
            throw new UserMistake("--to " + to + ": give a port, too: HOST:PORT");
        return run(() -> {
            try (var lines = connection(running, body).socket) {
                said(line(lines), "listening at " + address);
                while (true) {
                    var caller = line(lines).split(" ", 3);
                    if (caller.length != 3) throw new Failed(String.join(" ", caller));
                    var who = caller[2].isEmpty() ? "somebody" : caller[2];
                    say(who + " (" + caller[1] + ") calls");
                    int port = lines.getPort();
                    if (target.isEmpty()) {
                        talk(who, new Pipe(show(port, caller[0]), running, caller[0]));
                        return;
                    }
                    var at = target.get();
                    Thread.ofVirtual().start(() -> join(who,
                            () -> new Pipe(show(port, caller[0]), running, caller[0]),
                            () -> new Socket(at.name(), at.port().orElseThrow())));
                }
            }
        });
    }

    @Command(name = "connect", mixinStandardHelpOptions = true, sortOptions = false,
            description = {"Call the program that listens at an address, by standard input and"
                    + " output, or for each connection to --listen."})
    int connect(@Mixin Running running,
            @Parameters(paramLabel = "ADDRESS", description = "Whom: sip:bob@example.com.")
            String address,
            @Option(names = "--as", paramLabel = "ADDRESS", description = "In whose name: an"
                    + " address that is registered, or listens, at the node here.") String as,
            @Option(names = "--listen", paramLabel = "PORT",
                    description = "Take connections at this port of 127.0.0.1.") Integer port) {
        var body = new JsonObject();
        body.addProperty("connect", address);
        if (as != null) body.addProperty("as", as);
        return run(() -> {
            if (port == null) {
                talk(address, connected(running, body, address));
                return;
            }
            try (var door = door((int) Numbers.within(0, 65_535, "--listen", port))) {
                say("each connection to 127.0.0.1:" + door.getLocalPort() + " goes to " + address);
                while (true) {
                    var here = door.accept();
                    Thread.ofVirtual().start(() -> join(address,
                            () -> connected(running, body, address), () -> here));
                }
            }
        });
    }

    private static ServerSocket door(int port) throws IOException {
        try {
            return new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (BindException e) {
            throw new UserMistake("--listen " + port + ": the port is in use; give another, or 0"
                    + " for any");
        }
    }

    private int run(Task task) {
        try {
            task.run();
            return 0;
        } catch (Failed e) {
            say(e.getMessage());
        } catch (IOException e) {
            say("the pipe has broken: " + Why.of(e));
        } catch (InterruptedException e) {
            say("interrupted");
        }
        return 1;
    }

    /// Where one end of what is joined comes from.
    private interface End<T> {
        T open() throws IOException, InterruptedException, Failed;
    }

    /// The connection that a pipe's bytes come by, and the ticket that it began with.
    private record Pipe(Socket socket, Running running, String ticket) implements Closeable {
        @Override public void close() throws IOException { socket.close(); }
    }

    private Pipe connected(Running running, JsonObject body, String address)
            throws IOException, Failed {
        var pipe = connection(running, body);
        said(line(pipe.socket), "connected to " + address);
        return pipe;
    }

    /// Carries bytes between a pipe and standard input and output.
    private void talk(String who, Pipe pipe) throws IOException, InterruptedException, Failed {
        try {
            carry(pipe, System.in, System.out, System.out);
        } catch (Failed e) {
            throw new Failed(who + ": " + e.getMessage() + "; some may not have got there: call"
                    + " again");
        }
        say("ended: " + who);
    }

    /// Carries bytes between a pipe and a connection; what goes wrong is said on a line.
    private void join(String who, End<Pipe> pipe, End<Socket> other) {
        try (var there = other.open(); var here = pipe.open()) {
            carry(here, there.getInputStream(), there.getOutputStream(), there::shutdownOutput);
            say("ended: " + who);
        } catch (IOException | InterruptedException | Failed e) {
            say(who + ": " + (e instanceof IOException io ? Why.of(io) : e.getMessage()));
        }
    }

    /// Asks the node for a pipe; answers the connection that its bytes come by.
    private static Pipe connection(Running running, JsonObject body) throws IOException {
        var answer = running.node().post(body, "pipes");
        var ticket = answer.get("ticket").getAsString();
        return new Pipe(show(answer.get("port").getAsInt(), ticket), running, ticket);
    }

    private static Socket show(int port, String ticket) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write((ticket + "\n").getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void said(String answer, String then) throws Failed {
        if (!answer.equals("ok")) throw new Failed(answer);
        say(then);
    }

    private static String line(Socket socket) throws IOException {
        var text = new ByteArrayOutputStream();
        var in = socket.getInputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("the node has ended");
            text.write(c);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /// Until both directions have ended, and the node says that all got there.
    ///
    /// @param end tells who reads `out` that nothing more comes; he may say more
    private static void carry(Pipe pipe, InputStream in, OutputStream out, Closeable end)
            throws IOException, InterruptedException, Failed {
        Thread.ofVirtual().start(() -> {
            try {
                copy(in, pipe.socket.getOutputStream());
                pipe.socket.shutdownOutput();
            } catch (IOException e) {
                // the node tells why
            }
        });
        try {
            copy(pipe.socket.getInputStream(), out);
            end.close();
        } catch (SocketException e) {
            // likewise
        }
        var how = outcome(pipe);
        if (!how.get("well").getAsBoolean()) throw new Failed(Running.text(how, "why"));
    }

    /// It may have broken though there is more to say: what `in` has is not waited for.
    private static JsonObject outcome(Pipe pipe) {
        while (true) try {
            return pipe.running.node().get("pipes", pipe.ticket);
        } catch (Client.Failed e) {
            if (!e.isForLater()) throw e;
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        var bytes = new byte[CHUNK];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            out.write(bytes, 0, n);
            out.flush();
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("pipe: " + line);
        spec.commandLine().getErr().flush();
    }
}
