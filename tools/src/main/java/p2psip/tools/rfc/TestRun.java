package p2psip.tools.rfc;

import module java.base;
import module java.xml;

/// Which test methods ran and passed in the last build, as surefire's reports say.
///
/// A method that ran several times (a property's tries aside, the cases of a parameterized test)
/// passed when all its runs did. Methods inherited from a contract are found under the class that
/// ran them.
record TestRun(Map<String, Boolean> passed) {
    private static final List<String> MODULES = List.of("std", "app", "tools");

    /// The reports below a repository; empty where no test has run.
    static TestRun under(Path root) {
        var passed = new TreeMap<String, Boolean>();
        for (var module : MODULES) {
            var folder = root.resolve(module, "target", "surefire-reports");
            if (!Files.isDirectory(folder)) continue;
            try (var reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                for (var report : reports) read(report, passed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new TestRun(passed);
    }

    boolean isEmpty() { return passed.isEmpty(); }

    /// Whether a method ran and passed, in its class or in one of its package that inherits it.
    boolean passed(String className, String method) {
        var own = passed.get(className + "#" + method);
        if (own != null) return own;
        var heir = Pattern.compile(Pattern.quote(
                className.substring(0, className.lastIndexOf('.') + 1)) + "\\w+#" + method);
        var heirs = passed.entrySet().stream()
                .filter(e -> heir.matcher(e.getKey()).matches()).map(Map.Entry::getValue).toList();
        return !heirs.isEmpty() && !heirs.contains(false);
    }

    /// Whether all that ran of a class passed, and something did.
    boolean passed(String className) {
        var all = passed.entrySet().stream().filter(e -> e.getKey().startsWith(className + "#"))
                .map(Map.Entry::getValue).toList();
        return !all.isEmpty() && !all.contains(false);
    }

    private static void read(Path report, Map<String, Boolean> passed) throws IOException {
        var factory = XMLInputFactory.newFactory();
        // a test may fail with a message of any size
        for (var limit : List.of("maxGeneralEntitySizeLimit", "totalEntitySizeLimit"))
            factory.setProperty("jdk.xml." + limit, "0");
        try (var in = Files.newInputStream(report)) {
            var xml = factory.createXMLStreamReader(in);
            var suite = "";
            var test = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
                switch (xml.getLocalName()) {
                    case "testsuite" -> suite = xml.getAttributeValue(null, "name");
                    case "testcase" -> {
                        var name = xml.getAttributeValue(null, "classname");
                        // rules of ArchUnit are reported without the package of their class
                        test = (name.contains(".") ? name : suite) + "#"
                                + method(xml.getAttributeValue(null, "name"));
                        passed.putIfAbsent(test, true);
                    }
                    case "failure", "error", "skipped" -> passed.put(test, false);
                    default -> { }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(report + " is no report of surefire", e);
        }
    }

    /// The method of a case: without parameters and case number, and with the underscores that
    /// jqwik shows as blanks.
    private static String method(String name) {
        return name.replaceFirst("[(\\[{].*", "").strip().replace(' ', '_');
    }
}
