package p2psip.app.p2psip;

import module java.base;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc8489.Credential;
import picocli.CommandLine.*;

/// The options of a phone about its sound: what it says, what it keeps, and by which way that goes.
final class SoundOptions {
    @Option(names = "--play", paramLabel = "tone|silence|microphone|FILE",
            defaultValue = "tone",
            description = "What we say: a tone, nothing, what the microphone hears, or a WAV file"
            + " (default: ${DEFAULT-VALUE}).")
    String play;

    @Option(names = "--echo", description = "Say what we hear, in place of --play.")
    boolean echo;

    @Option(names = "--record", paramLabel = "FILE",
            description = "Write the call to a WAV file: on the left what we say, on the right what"
            + " we hear.")
    Path record;

    @Option(names = "--codec", paramLabel = "NAME", split = ",", description = "What we speak, the"
            + " preferred first: pcmu, pcma, g722, opus, l16 (default: pcmu,pcma,g722,opus).")
    List<String> codecs = List.of();

    @Option(names = "--red", description = "Say everything twice, in two packets, to a peer that"
            + " understands that: what is lost once is heard all the same.")
    boolean red;

    @Option(names = "--comfort-noise", description = "Send nothing while nobody speaks, to a peer"
            + " that makes comfort noise of what we tell it of the silence.")
    boolean thrifty;

    @Option(names = "--srtp", paramLabel = "no|taken|may|must|dtls", defaultValue = "taken",
            description = "Whether others may hear the call on its way: no, it is in clear; taken,"
            + " it is secret if the peer offers that; may, we offer keys, and call again in clear"
            + " if the peer cannot take them; must, we talk in secret only; dtls, by keys of a"
            + " handshake that is never in the signalling (default: ${DEFAULT-VALUE}).")
    String secrecy;

    @Option(names = "--ice", paramLabel = "on|off", defaultValue = "on", description =
            "Look for the best way for sound, by ICE, with a peer that does so too; another notices"
            + " nothing (default: ${DEFAULT-VALUE}).")
    String ice;

    @Option(names = "--stun", paramLabel = "URI", description = "A server that tells how we are"
            + " seen from outside: stun:stun.example.org. May be given several times.")
    List<String> stun = List.of();

    @Option(names = "--turn", paramLabel = "URI", description = "A server that lends us an address"
            + " where no straight way is found: turn:turn.example.org. May be given several times;"
            + " --turn-user and --turn-password are for all of them.")
    List<String> turn = List.of();

    @Option(names = "--turn-user", paramLabel = "NAME", description = "Who we are there.")
    String turnUser;

    @Option(names = "--turn-password", paramLabel = "WORD", description = "Password there.")
    String turnPassword;

    /// The same phone with the sound that is wished.
    ///
    /// @param named whether the address that others send to is told to them by an option
    /// @throws UserMistake if something is missing, or does not fit the rest
    PhoneSetup of(PhoneSetup phone, boolean named) {
        checkRecord();
        return phone.with(new PhoneSetup.Speech(source(), formats(), record != null))
                .withIce(ice(named)).withSecrecy(secrecy());
    }

    private Secrecy secrecy() {
        try {
            return Secrecy.valueOf(secrecy.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--srtp " + secrecy + ": say no, taken, may, must or dtls");
        }
    }

    boolean records() { return record != null; }

    private IceOptions ice(boolean named) {
        if (!List.of("on", "off").contains(ice))
            throw new UserMistake("--ice " + ice + ": say on or off");
        if (ice.equals("off") && !(stun.isEmpty() && turn.isEmpty()))
            throw new UserMistake("--ice off asks nobody: leave --stun and --turn out");
        if (turn.isEmpty() != (turnUser == null) || turn.isEmpty() != (turnPassword == null))
            throw new UserMistake("--turn, --turn-user and --turn-password belong together");
        if (stun.size() + turn.size() > IceOptions.SERVERS) throw new UserMistake(
                "more than " + IceOptions.SERVERS + " servers: the nearest are enough");
        return new IceOptions(ice.equals("on") && !named,
                stun.stream().map(SoundOptions::stun).toList(),
                turn.stream().map(text -> new IceOptions.Turn(turn(text),
                        new Credential(turnUser, turnPassword))).toList());
    }

    private static StunUri stun(String text) {
        try {
            var uri = StunUri.parse(text);
            if (!uri.secure()) return uri;
            throw new UserMistake("--stun " + text + ": sound goes by UDP; give a stun URI");
        } catch (SyntaxException e) {
            throw new UserMistake("--stun " + text + ": " + e.getMessage()
                    + "; give a URI such as stun:stun.example.org");
        }
    }

    private static TurnUri turn(String text) {
        try {
            var uri = TurnUri.parse(text);
            if (!uri.secure() && uri.transport().orElse("udp").equals("udp")) return uri;
            throw new UserMistake("--turn " + text + ": it is asked by UDP; give a turn URI");
        } catch (SyntaxException e) {
            throw new UserMistake("--turn " + text + ": " + e.getMessage()
                    + "; give a URI such as turn:turn.example.org");
        }
    }

    private Formats formats() {
        var names = String.join(",", codecs);
        try {
            var spoken = codecs.isEmpty() ? Formats.USUAL : Formats.of(names, red);
            return new Formats(spoken.codecs(), red, thrifty);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--codec " + names + ": " + e.getMessage());
        }
    }

    private Source source() {
        if (echo) return new Source.Echo();
        return switch (play) {
            case "tone" -> Source.Tone.A;
            case "silence" -> new Source.Silence();
            case "microphone" -> new Source.Microphone();
            default -> file();
        };
    }

    private Source file() {
        try {
            return Wav.parse(Files.readAllBytes(Path.of(play)));
        } catch (IOException e) {
            throw UserMistake.reading(play, e, "give --play a WAV file, or tone");
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--play " + play + ": " + e.getMessage());
        }
    }

    /// Better now than after the call.
    private void checkRecord() {
        if (record == null) return;
        var folder = record.toAbsolutePath().getParent();
        if (!Files.isWritable(Files.exists(record) ? record : folder))
            throw new UserMistake("cannot write " + record + ": give --record another file");
    }

    void write(Recording call) {
        try {
            Files.write(record, call.wav());
        } catch (IOException e) {
            throw UserMistake.writing(record, e, "give --record another file");
        }
    }
}
