package p2psip.std;

import module java.base;

/// A constant that carries the section of the RFC it comes from: a state, a timer.
///
/// An enum in the package of an RFC names the section alone (`COMPLETED("17.1.1.2")`); one taken
/// from another RFC names both (`ACCEPTED("rfc6026#7.1")`). The requirement index checks both.
public interface Cited {

    /// As written at the constant.
    String section();

    String name();

    /// The section with its RFC: `rfc3261#17.1.1.2`.
    default String citation() {
        if (section().startsWith("rfc")) return section();
        var rooms = getClass().getPackageName().split("\\.");
        return Stream.of(rooms).filter(room -> room.startsWith("rfc")).findFirst().orElseThrow()
                + "#" + section();
    }
}
