package p2psip.tools.mutate;

import module java.base;
import module java.compiler;
import module jdk.compiler;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree.Kind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.tools.ToolProvider;
import p2psip.tools.rfc.Citation;

/// Finds the mutants of a file: what stands below a citation, broken in every way that is known
/// here. The innermost citation has what stands below it; one above a class has nothing.
final class Mutants extends TreePathScanner<Void, Mutants.Cited> {
    /// What cites one line.
    record Cited(int line, List<String> citations) {}

    private static final Cited NOTHING = new Cited(0, List.of());
    private static final Map<String, String> EMPTY = Map.of(
            "Optional", "java.util.Optional.empty()",
            "OptionalInt", "java.util.OptionalInt.empty()",
            "OptionalLong", "java.util.OptionalLong.empty()",
            "List", "java.util.List.of()", "Set", "java.util.Set.of()",
            "Map", "java.util.Map.of()", "Stream", "java.util.stream.Stream.empty()",
            "String", "\"\"");
    private static final Map<Kind, String> SHIFTED = Map.of(Kind.LESS_THAN, "<=",
            Kind.LESS_THAN_EQUAL, "<", Kind.GREATER_THAN, ">=", Kind.GREATER_THAN_EQUAL, ">",
            Kind.PLUS, "-", Kind.MINUS, "+");
    private static final Set<Kind> CONDITIONS = EnumSet.of(Kind.METHOD_INVOCATION, Kind.IDENTIFIER,
            Kind.MEMBER_SELECT, Kind.INSTANCE_OF, Kind.EQUAL_TO, Kind.NOT_EQUAL_TO, Kind.LESS_THAN,
            Kind.LESS_THAN_EQUAL, Kind.GREATER_THAN, Kind.GREATER_THAN_EQUAL);
    private static final Set<TypeKind> NUMBERS = EnumSet.of(TypeKind.INT, TypeKind.LONG,
            TypeKind.DOUBLE, TypeKind.SHORT, TypeKind.BYTE);
    /// For people: a section of an RFC, a sentence.
    private static final Pattern WORDS = Pattern.compile("\"(?:(?:rfc\\d+#)?[A-Z]?\\d+(?:\\.\\d+)+"
            + "|[\\w'-]+(?: [\\w',:-]+)+ ?)\"");

    private final String module;
    private final String file;
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final String source;
    private final Map<Integer, Cited> cited;
    private final SequencedMap<List<Object>, Mutant> mutants = new LinkedHashMap<>();

    private Mutants(String file, CompilationUnitTree unit, Trees trees, Map<Integer, Cited> cited)
            throws IOException {
        this.module = Path.of(file).getName(0).toString();
        this.file = file;
        this.unit = unit;
        this.trees = trees;
        this.source = unit.getSourceFile().getCharContent(true).toString();
        this.cited = cited;
    }

    /// Of all lines of these citations, which stand in main code of one module.
    static List<Mutant> of(Path root, List<Citation> citations, String classPath) {
        var files = new TreeMap<Path, Map<Integer, Cited>>();
        citations.stream().collect(Collectors.groupingBy(Citation::file)).forEach((file, in) ->
                files.put(file, in.stream().collect(Collectors.groupingBy(Citation::target,
                        Collectors.collectingAndThen(Collectors.toList(), all -> new Cited(
                                all.getFirst().target(), all.stream()
                                .map(c -> c.place().toString()).distinct().toList()))))));
        if (files.isEmpty()) return List.of();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, _ -> {},
                    List.of("-proc:none", "-cp", classPath), null,
                    manager.getJavaFileObjectsFromPaths(
                            files.keySet().stream().map(root::resolve).toList()));
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            task.analyze();
            var found = new ArrayList<Mutant>();
            for (var unit : units) {
                var file = root.relativize(Path.of(unit.getSourceFile().toUri()));
                var scan = new Mutants(file.toString().replace('\\', '/'), unit,
                        Trees.instance(task), files.get(file));
                scan.scan(new TreePath(unit), NOTHING);
                found.addAll(scan.mutants.values());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int start(Tree tree) {
        return (int) trees.getSourcePositions().getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
        return (int) trees.getSourcePositions().getEndPosition(unit, tree);
    }

    private int line(int position) { return (int) unit.getLineMap().getLineNumber(position); }

    private String text(Tree tree) { return source.substring(start(tree), end(tree)); }

    @Override public Void scan(Tree tree, Cited above) {
        if (tree == null) return null;
        boolean stands = start(tree) >= 0 && end(tree) > start(tree);
        var here = !stands ? above : cited.getOrDefault(line(start(tree)), above);
        if (tree instanceof ClassTree) here = NOTHING;
        if (tree instanceof ModifiersTree || tree instanceof AnnotationTree
                || tree instanceof ImportTree) return null;
        if (stands && here != NOTHING)
            breakIt(new TreePath(getCurrentPath(), tree), here);
        return super.scan(tree, here);
    }

    private void breakIt(TreePath path, Cited here) {
        var tree = path.getLeaf();
        var parent = path.getParentPath().getLeaf();
        if (told(path)) return;
        condition(path, parent, here);
        switch (tree) {
            case LiteralTree literal -> constant(literal, path, here);
            case BinaryTree binary when SHIFTED.containsKey(binary.getKind())
                    && !"String".equals(typeName(path)) -> put(path, here,
                    text(binary.getLeftOperand()) + " " + SHIFTED.get(binary.getKind()) + " "
                    + text(binary.getRightOperand()));
            case ExpressionStatementTree _ -> put(path, here, "{ }");
            case IdentifierTree _, MemberSelectTree _ -> constant(path, parent, here);
            case ExpressionTree value when switch (parent) {
                case ReturnTree _, YieldTree _ -> true;
                case LambdaExpressionTree lambda -> lambda.getBody() == value;
                case CaseTree rule -> rule.getBody() == value;
                default -> false;
            } -> value(path, parent, here);
            default -> { }
        }
    }

    private void condition(TreePath path, Tree parent, Cited here) {
        var tree = path.getLeaf();
        if (!CONDITIONS.contains(tree.getKind()) || parent instanceof ExpressionStatementTree
                || kind(path) != TypeKind.BOOLEAN) return;
        put(path, here, tree instanceof InstanceOfTree is && is.getPattern() != null
                ? "(" + text(tree) + " && false)" : "!(" + text(tree) + ")");
    }

    private void constant(LiteralTree literal, TreePath path, Cited here) {
        var text = text(literal);
        switch (literal.getKind()) {
            case BOOLEAN_LITERAL -> put(path, here, "" + !(Boolean) literal.getValue());
            case INT_LITERAL, LONG_LITERAL, DOUBLE_LITERAL, FLOAT_LITERAL ->
                    put(path, here, "(" + text + " + 1)");
            case CHAR_LITERAL -> put(path, here, "(char) (" + text + " + 1)");
            case STRING_LITERAL -> {
                if (!WORDS.matcher(text).matches()) put(path, here,
                        text.startsWith("\"\"\"") ? "\"~\""
                                : text.substring(0, text.length() - 1) + "~\"");
            }
            default -> { }
        }
    }

    /// Whether it is in the text that an exception is given: for people, and no rule's.
    private boolean told(TreePath path) {
        for (var at = path; at.getParentPath() != null; at = at.getParentPath())
            if (at.getParentPath().getLeaf() instanceof NewClassTree made
                    && made.getIdentifier().toString().endsWith("Exception"))
                return "String".equals(typeName(at));
        return false;
    }

    /// One of an enum, as a state or a timer, becomes the next of it.
    private void constant(TreePath path, Tree parent, Cited here) {
        var element = trees.getElement(path);
        if (element == null || element.getKind() != ElementKind.ENUM_CONSTANT
                || parent instanceof ConstantCaseLabelTree) {
            if (path.getLeaf() instanceof ExpressionTree && (parent instanceof ReturnTree
                    || parent instanceof LambdaExpressionTree lambda
                    && lambda.getBody() == path.getLeaf())) value(path, parent, here);
            return;
        }
        var all = element.getEnclosingElement().getEnclosedElements().stream()
                .filter(e -> e.getKind() == ElementKind.ENUM_CONSTANT).toList();
        var next = all.get((all.indexOf(element) + 1) % all.size()).getSimpleName();
        put(path, here, text(path.getLeaf()).replaceFirst("\\w+$", next.toString()));
    }

    private void value(TreePath path, Tree parent, Cited here) {
        var text = text(path.getLeaf());
        var kind = kind(path);
        if (kind == TypeKind.VOID && parent instanceof LambdaExpressionTree)
            put(path, here, "{ }");
        else if (NUMBERS.contains(kind)) put(path, here, "(" + text + ") + 1");
        else Optional.ofNullable(EMPTY.get(typeName(path)))
                    .filter(empty -> !empty.endsWith(text)).ifPresent(e -> put(path, here, e));
    }

    private TypeKind kind(TreePath path) {
        var type = trees.getTypeMirror(path);
        return type == null ? TypeKind.NONE : type.getKind();
    }

    private String typeName(TreePath path) {
        return trees.getTypeMirror(path) instanceof DeclaredType type
                ? type.asElement().getSimpleName().toString() : "";
    }

    private void put(TreePath path, Cited here, String text) {
        var tree = path.getLeaf();
        int from = start(tree);
        int to = end(tree);
        if (text.equals(source.substring(from, to))) return;   // the only one of its enum
        var whole = statement(path);
        var change = "`" + brief(source.substring(from, to)) + "` becomes `" + brief(text) + "`";
        var place = List.<Object>of(from, to, text);
        if (mutants.containsKey(place)) return;
        long alike = mutants.values().stream().filter(m -> m.target() == here.line
                && m.change().replaceFirst(" \\(\\d+\\)$", "").equals(change)).count();
        mutants.put(place, new Mutant(module, file, here.line, line(from), here.citations,
                alike == 0 ? change : change + " (" + (alike + 1) + ")", from, to, text,
                line(start(whole)), line(end(whole)), copied(whole, path)));
    }

    /// The least statement or declaration around: what runs or does not run as one.
    private Tree statement(TreePath path) {
        return StreamSupport.stream(path.spliterator(), false).filter(tree ->
                tree instanceof StatementTree || tree instanceof MethodTree).findFirst()
                .orElseThrow();
    }

    /// The name of a constant field that the compiler copies to where it is used.
    private String copied(Tree statement, TreePath path) {
        return statement instanceof VariableTree variable
                && trees.getElement(trees.getPath(unit, variable)) instanceof VariableElement field
                && field.getKind() == ElementKind.FIELD && field.getConstantValue() != null
                ? variable.getName().toString() : "";
    }

    private static String brief(String text) {
        var line = text.replaceAll("(?m)^\\s*//.*$", "").replaceAll("\\s+", " ");
        return line.length() <= 72 ? line : line.substring(0, 45) + " ... "
                + line.substring(line.length() - 22);
    }
}
