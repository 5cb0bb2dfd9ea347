package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.*;

/// The options about TLS: what is shown, and who is believed.
final class TlsOption {
    @Option(names = "--cert", paramLabel = "FILE", description = "The certificate that is shown"
            + " by TLS, and those of who has signed it (PEM).")
    Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE",
            description = "Its private key (PEM, without a passphrase).")
    Optional<Path> key = Optional.empty();

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) of those who are"
            + " believed when they sign others', beside those whom the JDK believes.")
    Optional<Path> authorities = Optional.empty();

    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    /// In place of what the command line says.
    void use(Optional<Path> shown, Optional<Path> secret, Optional<Path> believed) {
        certificate = shown;
        key = secret;
        authorities = believed;
    }

    /// All that was given.
    ///
    /// @throws UserMistake if a file cannot be read, or two do not belong together
    Credentials read() {
        if (certificate.isPresent() != key.isPresent())
            throw new UserMistake("--cert and --key go together: a certificate and its key");
        return new Credentials(certificate.map(file -> pem(file,
                text -> Pem.certified(text, text(key.orElseThrow())))).stream().toList(),
                authorities.map(file -> pem(file, Pem::certificates)).orElse(List.of()));
    }

    /// The name of the certificate that is shown.
    ///
    /// @param what needs it
    /// @throws UserMistake if there is none
    static String name(Credentials credentials, String what) {
        return credentials.own().stream().findFirst().orElseThrow(() -> new UserMistake(what
                + " needs a certificate: give --cert FILE and --key FILE")).name()
                .orElseThrow(() -> new UserMistake("the certificate is for no name or address"));
    }

    private <T> T pem(Path file, Function<String, T> read) {
        try {
            return read.apply(text(file));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ": " + e.getMessage() + "; give files of PEM, as"
                    + " openssl writes them");
        }
    }

    private String text(Path file) {
        try {
            if (key.filter(file::equals).isPresent() && UsersOption.othersRead(file))
                spec.commandLine().getErr().println("p2psip: " + file
                        + " is a secret and others may read it: chmod 600 " + file);
            return Files.readString(file);
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "name a file that you may read");
        }
    }
}
