package p2psip.tools.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import p2psip.tools.rfc.Sources;

/// A state owns its timers and is shown in the ladder, because one method alone enters it.
class StatesTest {

    @Test void a_state_is_assigned_where_it_is_entered_and_nowhere_else() throws IOException {
        var root = Sources.repository().orElseThrow();
        var files = Sources.under(root).files().stream().map(Sources.Source::path)
                .filter(path -> path.startsWith(path.getName(0).resolve("src/main"))).toList();
        assertThat(files).isNotEmpty();
        try (var manager = ToolProvider.getSystemJavaCompiler()
                .getStandardFileManager(null, null, null)) {
            var sources = new ArrayList<JavaFileObject>();
            manager.getJavaFileObjectsFromPaths(files.stream().map(root::resolve).toList())
                    .forEach(sources::add);
            assertThat(elsewhere(sources)).isEmpty();
        }
    }

    @Test void an_assignment_anywhere_else_is_named() throws IOException {
        assertThat(elsewhere(List.of(source("""
                class Lamp {
                    enum State { OFF, ON }
                    private State state = State.OFF;
                    private int pressed;
                    Lamp(State state) { this.state = state; }
                    void enter(State next) { state = next; }
                    void press() { pressed = 1; state = State.ON; }
                }
                class Switch {
                    void press(Lamp lamp) { lamp.state = Lamp.State.OFF; }
                }
                """)))).containsExactly("Lamp.press: state = State.ON",
                "Switch.press: lamp.state = Lamp.State.OFF");
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Lamp.java"),
                JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignored) { return text; }
        };
    }

    private static List<String> elsewhere(List<JavaFileObject> sources) throws IOException {
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(
                null, null, null, List.of("-proc:none"), null, sources);
        var found = new ArrayList<String>();
        for (var unit : task.parse()) {
            var fields = new Fields();
            fields.scan(unit, null);
            new Assignments(fields.names, found).scan(unit, null);
        }
        return found;
    }

    /// The names of fields of a file whose type is a State.
    private static final class Fields extends TreePathScanner<Void, Void> {
        final Set<String> names = new HashSet<>();

        @Override public Void visitVariable(VariableTree variable, Void none) {
            if (variable.getType() != null && ("." + variable.getType()).endsWith(".State")
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree)
                names.add(variable.getName().toString());
            return super.visitVariable(variable, none);
        }
    }

    /// Where such a field is assigned, but for `enter` and constructors.
    private static final class Assignments extends TreePathScanner<Void, Void> {
        private final Set<String> fields;
        private final List<String> found;

        Assignments(Set<String> fields, List<String> found) {
            this.fields = fields;
            this.found = found;
        }

        @Override public Void visitAssignment(AssignmentTree assignment, Void none) {
            var name = switch (assignment.getVariable()) {
                case IdentifierTree local -> local.getName().toString();
                case MemberSelectTree member -> member.getIdentifier().toString();
                default -> "";
            };
            if (fields.contains(name)) {
                var method = ((MethodTree) enclosing(MethodTree.class)).getName().toString();
                if (!Set.of("enter", "<init>").contains(method))
                    found.add(((ClassTree) enclosing(ClassTree.class)).getSimpleName() + "."
                            + method + ": " + assignment);
            }
            return super.visitAssignment(assignment, none);
        }

        private Tree enclosing(Class<? extends Tree> kind) {
            var path = getCurrentPath();
            while (!kind.isInstance(path.getLeaf())) path = path.getParentPath();
            return path.getLeaf();
        }
    }
}
