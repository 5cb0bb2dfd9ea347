package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;

/// sipp, which plays one scenario of this package at 127.0.0.1, once, and checks what it gets.
record Sipp(Process process, Path folder) {

    /// @param more options, as the port with `-p`; without one it has any
    static Sipp play(Programs programs, Path folder, String scenario, String... more)
            throws IOException {
        Programs.assumeThere("sipp");
        var file = folder.resolve(scenario);
        try (var in = Sipp.class.getResourceAsStream(scenario)) {
            Files.copy(in, file);
        }
        var command = new ArrayList<>(List.of("sipp", "-sf", file.toString(), "-i", "127.0.0.1",
                "-nostdin", "-m", "1", "-trace_err", "-error_file",
                folder.resolve("errors").toString(), "-trace_msg", "-message_file",
                folder.resolve("messages").toString()));
        if (!List.of(more).contains("-p")) command.addAll(List.of("-p", "" + Ports.pair()));
        command.addAll(List.of(more));
        return new Sipp(programs.start(command.toArray(String[]::new)), folder);
    }

    /// Its exit code is 0 if all has gone as its scenario says.
    void succeeds(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience)).as(this::said).isTrue();
        assertThat(process.exitValue()).as(this::said).isZero();
    }

    private String said() { return text("errors") + text("messages"); }

    /// What it has received and sent so far.
    String messages() { return text("messages"); }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return "no " + file;
        }
    }
}
