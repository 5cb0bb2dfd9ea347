package p2psip.std;

import java.lang.annotation.*;

/// The section that a constant comes from which is [Cited], or all constants of an enum that have
/// none of their own.
@Retention(RetentionPolicy.RUNTIME)
public @interface Section {
    /// `17.1.1.2`, or of another RFC than that of the package `rfc6026#7.2`.
    String value();
}
