package p2psip.app.web;

import module java.base;
import p2psip.app.host.Home;

/// What a running node leaves in its home so that others find it: a file with the port, and one
/// with the token. Each is for the home's owner alone. A node that was killed leaves both.
///
/// @param token as it goes over the wire
record Plate(int port, String token) {
    static final String PORT = "control.port", TOKEN = "control.token";

    /// @throws IOException if they cannot be written
    void write(Path home) throws IOException {
        Home.write(home.resolve(TOKEN), token + "\n");
        Home.write(home.resolve(PORT), port + "\n");
    }

    /// What is there; nothing if nobody has left anything that makes sense.
    static Optional<Plate> read(Path home) {
        try {
            return Optional.of(new Plate(
                    Integer.parseInt(Files.readString(home.resolve(PORT)).strip()),
                    Files.readString(home.resolve(TOKEN)).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void remove(Path home) {
        for (var name : List.of(PORT, TOKEN)) try {
            Files.deleteIfExists(home.resolve(name));
        } catch (IOException e) {
            // who reads it finds that nobody listens
        }
    }

    @Override public String toString() { return "Plate[port=" + port + "]"; }
}
