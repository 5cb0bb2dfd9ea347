package p2psip.std;

import module java.base;

/// A constant that carries the section of the RFC it comes from: a state, a timer.
///
/// An enum in the package of an RFC names the section alone (`@Section("17.1.1.2") COMPLETED`);
/// what is taken from another RFC names both (`@Section("rfc6026#7.1") ACCEPTED`). The requirement
/// index checks both.
public interface Cited {

    /// As written at the constant, or at its enum.
    default String section() {
        var kind = ((Enum<?>) this).getDeclaringClass();
        return Stream.of(kind.getFields()).filter(field -> field.getName().equals(name()))
                .flatMap(field -> Stream.of(field.getAnnotationsByType(Section.class))).findFirst()
                .orElseGet(() -> kind.getAnnotation(Section.class)).value();
    }

    String name();

    /// The section with its RFC: `rfc3261#17.1.1.2`.
    default String citation() {
        if (section().startsWith("rfc")) return section();
        var rooms = getClass().getPackageName().split("\\.");
        return Stream.of(rooms).filter(room -> room.startsWith("rfc")).findFirst().orElseThrow()
                + "#" + section();
    }
}
