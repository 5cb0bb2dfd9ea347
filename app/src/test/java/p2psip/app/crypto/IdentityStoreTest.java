package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {
    private static final InstantSource WALL =
            InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));

    @TempDir Path home;

    private IdentityStore open() throws IOException {
        return IdentityStore.open(home, new SplittableRandom(home.hashCode()), WALL);
    }

    @Test void an_identity_is_made_once_and_found_again() throws IOException {
        var store = open();
        var alice = store.identity("sip:alice@example.com");
        var capital = store.identity("sip:Alice@example.com");
        assertThat(store.identity("sip:alice@example.com")).isEqualTo(alice);
        assertThat(capital.id()).isNotEqualTo(alice.id());

        var again = open();
        assertThat(again.identities()).containsOnlyKeys("sip:Alice@example.com",
                "sip:alice@example.com");
        assertThat(again.identity("sip:alice@example.com").key()).isEqualTo(alice.key());
        var message = "hello".getBytes();
        assertThat(Keys.verify(alice.key(), message,
                again.identity("sip:alice@example.com").sign(message))).isTrue();
    }

    @Test void only_the_owner_may_read_the_files() throws IOException {
        open().identity(Identity.NODE);
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(3).allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test void two_stores_on_one_file_see_what_the_other_added() throws IOException {
        var one = open();
        var two = open();
        var alice = one.identity("sip:alice@example.com");
        two.identity("sip:bob@example.com");
        assertThat(two.identity("sip:alice@example.com").id()).isEqualTo(alice.id());
        assertThat(open().identities()).hasSize(2);
    }

    @Test void an_exported_identity_is_the_same_elsewhere() throws IOException {
        var alice = open().identity("sip:alice@example.com");
        var file = home.resolve("alice.p12");
        IdentityStore.export(alice, file, "secret".toCharArray(), WALL.instant());
        var come = IdentityStore.read(file, "secret".toCharArray());
        assertThat(come).containsOnlyKeys("sip:alice@example.com");
        var other = IdentityStore.open(home.resolve("other"), new SplittableRandom(9), WALL);
        other.put(come.get("sip:alice@example.com"));
        assertThat(other.identity("sip:alice@example.com").id()).isEqualTo(alice.id());
        assertThatThrownBy(() -> IdentityStore.read(file, "guess".toCharArray()))
                .isInstanceOf(IOException.class);
    }

    @Test void a_store_with_another_passphrase_is_not_overwritten() throws IOException {
        open().identity(Identity.NODE);
        Files.delete(home.resolve(IdentityStore.PASSPHRASE_FILE));
        var before = Files.readAllBytes(home.resolve(IdentityStore.FILE));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class)
                .hasMessage("there is no identity.pass to open identity.p12: put back a copy of it,"
                        + " or move identity.p12 away to begin with new keys");
        assertThat(Files.readAllBytes(home.resolve(IdentityStore.FILE))).isEqualTo(before);
    }

    /// Who has lost the keys has lost the name that others know: new ones are not made in silence.
    @Test void a_passphrase_without_its_store_is_no_beginning() throws IOException {
        open();
        Files.delete(home.resolve(IdentityStore.FILE));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class)
                .hasMessage("there is no identity.p12 beside identity.pass: put back a copy of it,"
                        + " or move identity.pass away to begin with new keys");
        Files.delete(home.resolve(IdentityStore.PASSPHRASE_FILE));
        assertThat(open().identities()).isEmpty();
    }

    @Test void a_damaged_store_or_passphrase_says_how_to_go_on_and_is_left_as_it_is()
            throws IOException {
        open().identity(Identity.NODE);
        var nonsense = "\u00ff\u0000nonsense".getBytes(StandardCharsets.ISO_8859_1);
        for (var name : List.of(IdentityStore.FILE, IdentityStore.PASSPHRASE_FILE)) {
            var file = home.resolve(name);
            var whole = Files.readAllBytes(file);
            for (var damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2),
                    nonsense)) {
                Files.write(file, damaged);
                assertThatThrownBy(this::open).isInstanceOf(IOException.class)
                        .hasMessage("identity.p12 or its passphrase is damaged: put back copies of"
                                + " both, or move both away to begin with new keys");
                assertThat(file).hasBinaryContent(damaged);
            }
            Files.write(file, whole);
        }
        assertThat(open().identities()).containsOnlyKeys(Identity.NODE);
    }

    /// A node with many users starts as fast as one with none: only its own key is read first.
    @Test void a_key_is_read_when_it_is_asked_for() throws Exception {
        var node = open().identity(Identity.NODE);
        var alice = Identity.generate("sip:alice@example.com", new SplittableRandom(1));
        var file = home.resolve(IdentityStore.FILE);
        var word = Files.readString(home.resolve(IdentityStore.PASSPHRASE_FILE)).toCharArray();
        var store = KeyStore.getInstance(file.toFile(), word);
        store.setKeyEntry(alice.name(), alice.privateKey(), "another".toCharArray(),
                new java.security.cert.Certificate[] {
                    Certificates.selfSigned(alice, WALL.instant())});
        try (var out = Files.newOutputStream(file)) {
            store.store(out, word);
        }
        assertThat(open().identity(Identity.NODE).id()).isEqualTo(node.id());
        assertThatThrownBy(() -> open().identity(alice.name()))
                .hasMessageContaining("cannot read the key of sip:alice@example.com");
        assertThatThrownBy(() -> open().identities()).isInstanceOf(IOException.class);
    }

    @Test void the_certificate_names_the_address_and_signs_itself() throws Exception {
        var alice = Identity.generate("sip:alice@example.com", new SplittableRandom(1));
        var certificate = Certificates.selfSigned(alice, WALL.instant());
        certificate.verify(alice.publicKey());
        certificate.checkValidity(Date.from(WALL.instant()));
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "sip:alice@example.com"));
    }

    @Test void a_private_key_is_never_printed() {
        assertThat(Identity.generate("node", new SplittableRandom(1)).toString())
                .matches("node [0-9a-f]{40}");
    }
}
