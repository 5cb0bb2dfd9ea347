package p2psip.app.p2psip;

import module java.base;
import com.google.gson.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `sim compare`: what two runs have found, side by side.
@Command(name = "compare", mixinStandardHelpOptions = true, description =
        "Print what two runs of `sim dht --json` have found, and the second by the first.")
final class SimCompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A.json") Path first;
    @Parameters(index = "1", paramLabel = "B.json") Path second;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var a = flat(first);
        var b = flat(second);
        var names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        var out = spec.commandLine().getOut();
        for (var name : names) out.println("%-38s%14s%14s%s".formatted(name,
                a.getOrDefault(name, "-"), b.getOrDefault(name, "-"),
                ratio(Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name)))));
        return 0;
    }

    /// The second by the first; ! where they differ and are no numbers.
    private static String ratio(Optional<String> a, Optional<String> b) {
        if (a.isEmpty() || b.isEmpty() || a.equals(b)) return "";
        try {
            double by = Double.parseDouble(b.get()) / Double.parseDouble(a.get());
            return Double.isFinite(by) ? "%10.2f".formatted(by) : "";
        } catch (NumberFormatException e) {
            return "         !";
        }
    }

    /// All values by their names; those of the setting begin with its name.
    private static SequencedMap<String, String> flat(Path file) {
        try {
            var values = new LinkedHashMap<String, String>();
            flat("", JsonParser.parseString(Files.readString(file)).getAsJsonObject(), values);
            return values;
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "give a file that sim dht --json has written");
        } catch (JsonParseException | IllegalStateException e) {
            throw new UserMistake(file + " is not what sim dht --json writes: give such a file");
        }
    }

    private static void flat(String before, JsonObject json, Map<String, String> values) {
        json.asMap().forEach((name, value) -> {
            if (value.isJsonObject()) flat(name + ".", value.getAsJsonObject(), values);
            else if (value.isJsonPrimitive()) values.put(before + name, value.getAsString());
        });
    }
}
