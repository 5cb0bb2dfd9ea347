package p2psip.app.web;

import module java.base;

/// A client that says what no library would say.
final class Wire {
    private Wire() {}

    /// What comes back for these bytes until the server closes.
    static String say(int port, String text) throws IOException {
        try (var socket = open(port, text)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// A connection on which this was said, LF as CRLF.
    static Socket open(int port, String text) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(
                text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /// Reads until this has come.
    static String until(InputStream in, String end) throws IOException {
        var all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) throw new EOFException("'" + end + "' did not come: " + all);
            all.append((char) c);
        }
        return all.toString();
    }
}
