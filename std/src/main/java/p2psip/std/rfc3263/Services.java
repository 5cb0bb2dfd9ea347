package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.rfc3261.Transport;

/// What the DNS calls the transports of SIP.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4.1 RFC 3263 §4.1
final class Services {
    private Services() {}

    /// Which transport a NAPTR record is for; empty if it is for none that there is here.
    static Optional<Transport> transport(String service) {
        return Optional.ofNullable(switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Transport.UDP;
            case "SIP+D2T" -> Transport.TCP;
            case "SIPS+D2T" -> Transport.TLS;
            case "SIP+D2W" -> Transport.WS;
            case "SIPS+D2W" -> Transport.WSS;
            default -> null;
        });
    }

    /// Whose SRV records name the servers of a domain; empty for what the DNS knows nothing of.
    static Optional<String> owner(Transport transport, String domain) {
        return switch (transport) {
            case UDP -> Optional.of("_sip._udp." + domain);
            case TCP -> Optional.of("_sip._tcp." + domain);
            case TLS -> Optional.of("_sips._tcp." + domain);
            case WS -> Optional.of("_sip._ws." + domain);
            case WSS -> Optional.of("_sips._ws." + domain);
            case LINK -> Optional.empty();
        };
    }
}
