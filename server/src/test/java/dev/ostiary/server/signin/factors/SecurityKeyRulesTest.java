package dev.ostiary.server.signin.factors;

import static dev.ostiary.server.signin.factors.FactorGround.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.signin.factors.SecurityKey.Maker;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Attachment;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Model;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Wish;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What an org asks of security keys")
class SecurityKeyRulesTest {

    private static final String HERE = "https://org.example";
    private static final String KEY = "{\"factorType\":\"webauthn\",\"provider\":\"FIDO\"}";
    private static final String WRONG =
            "Your passcode doesn't match our records. Please try again.";
    private static final UUID MODEL = UUID.fromString("cb69481e-8ff7-4039-93ec-0a2729111111");

    private final FactorGround ground;
    private int users;

    SecurityKeyRulesTest(DatabaseAccess access) {
        ground = new FactorGround(access, "security-key-rules");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @AfterEach
    void asBefore() {
        ground.keys(SecurityKeyRules.STANDARD);
        ground.keyGroups(Set.of());
    }

    /** A key that is about to be enrolled. */
    private record Begun(String user, JsonNode factor, SecurityKey key) {

        String challenge() {
            return factor.at("/_embedded/activation/challenge").asString();
        }

        JsonNode selection() {
            return factor.at("/_embedded/activation/authenticatorSelection");
        }
    }

    private Begun begun() throws Exception {
        String name = "key" + ++users;
        String user = ground.user(name + "@org.example");
        return new Begun(user, ground.enrol(user, KEY), new SecurityKey(name, HERE, "org.example"));
    }

    private JsonNode activate(Begun begun, String body) {
        String id = begun.factor().path("id").asString();
        return ground.call("activateFactor", begun.user(), id, body);
    }

    private void taken(Begun begun, String body) {
        assertThat(activate(begun, body).path("status").asString()).isEqualTo("ACTIVE");
    }

    private void notTaken(Begun begun, String body) {
        refused(() -> activate(begun, body), "E0000068", WRONG);
    }

    private static SecurityKeyRules rules(Wish wish, Attachment attachment, boolean syncable) {
        return new SecurityKeyRules(
                wish,
                wish,
                attachment,
                wish,
                false,
                false,
                false,
                syncable,
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    @DisplayName("browsers are told what the org wants, and a key without its holder is refused")
    void verified() throws Exception {
        assertThat(begun().selection().toString())
                .isEqualTo("{\"userVerification\":\"preferred\",\"requireResidentKey\":false}");
        ground.keys(rules(Wish.REQUIRED, Attachment.ROAMING, true));

        Begun begun = begun();

        assertThat(begun.selection().toString())
                .isEqualTo(
                        "{\"userVerification\":\"required\",\"requireResidentKey\":true,"
                                + "\"residentKey\":\"required\","
                                + "\"authenticatorAttachment\":\"cross-platform\"}");
        notTaken(begun, begun.key().registration(begun.challenge()));
        taken(begun, begun.key().registrationByHolder(begun.challenge()));
        String id = begun.factor().path("id").asString();
        JsonNode asked = ground.call("verifyFactor", begun.user(), id, "");
        assertThat(asked.at("/_embedded/challenge/userVerification").asString())
                .isEqualTo("required");
        String assertion =
                begun.key().assertion(asked.at("/_embedded/challenge/challenge").asString());
        refused(() -> ground.call("verifyFactor", begun.user(), id, assertion), "E0000068", WRONG);
    }

    @Test
    @DisplayName("a policy that names groups of models takes no other key, known or not")
    void groups() {
        SecurityKeyRules grouped =
                new SecurityKeyRules(
                        Wish.PREFERRED,
                        Wish.PREFERRED,
                        Attachment.ANY,
                        Wish.DISCOURAGED,
                        false,
                        false,
                        false,
                        true,
                        Map.of(),
                        Map.of("Ours", Set.of(MODEL), "Empty", Set.of()),
                        Optional.empty());
        UUID other = new UUID(1, 1);

        assertThat(grouped.isIn(Set.of(), other)).isTrue();
        assertThat(grouped.isIn(Set.of("Ours", "Unknown"), MODEL)).isTrue();
        assertThat(grouped.isIn(Set.of("Ours"), other)).isFalse();
        assertThat(grouped.isIn(Set.of("Empty", "Unknown"), MODEL)).isFalse();
    }

    @Test
    @DisplayName("such a policy binds who enrols a key by the API, but not who uses one")
    void groupsByApi() throws Exception {
        ground.keys(
                new SecurityKeyRules(
                        Wish.PREFERRED,
                        Wish.PREFERRED,
                        Attachment.ANY,
                        Wish.DISCOURAGED,
                        false,
                        false,
                        false,
                        true,
                        Map.of(),
                        Map.of("Ours", Set.of(MODEL)),
                        Optional.empty()));
        Begun before = begun();
        taken(before, before.key().registration(before.challenge()));

        ground.keyGroups(Set.of("Ours"));

        Begun other = begun();
        notTaken(other, other.key().registration(other.challenge()));
        taken(other, other.key().registrationOf(other.challenge(), MODEL));
        String id = before.factor().path("id").asString();
        JsonNode asked = ground.call("verifyFactor", before.user(), id, "");
        String assertion =
                before.key().assertion(asked.at("/_embedded/challenge/challenge").asString());
        assertThat(
                        ground.call("verifyFactor", before.user(), id, assertion)
                                .path("factorResult")
                                .asString())
                .isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("where credentials must not be copied, one that may be is refused")
    void copies() throws Exception {
        Begun first = begun();
        taken(first, first.key().registrationOfCopy(first.challenge()));
        ground.keys(rules(Wish.PREFERRED, Attachment.ANY, false));
        Begun second = begun();
        notTaken(second, second.key().registrationOfCopy(second.challenge()));
        taken(second, second.key().registration(second.challenge()));
    }

    private static SecurityKeyRules known(boolean attested, Model model) {
        return new SecurityKeyRules(
                Wish.PREFERRED,
                Wish.PREFERRED,
                Attachment.ROAMING,
                Wish.DISCOURAGED,
                attested,
                true,
                true,
                true,
                Map.of(MODEL, model),
                Map.of(),
                Optional.empty());
    }

    @Test
    @DisplayName("what only some models have is asked of the model, and the factor has its name")
    void models() throws Exception {
        ground.keys(known(false, new Model("Our key", false, true, true, List.of())));
        Begun begun = begun();
        notTaken(begun, begun.key().registration(begun.challenge()));
        JsonNode active = activate(begun, begun.key().registrationOf(begun.challenge(), MODEL));
        assertThat(active.at("/profile/authenticatorName").asString()).isEqualTo("Our key");
        for (Model model :
                List.of(
                        new Model("", true, true, true, List.of()),
                        new Model("", false, false, true, List.of()),
                        new Model("", false, true, false, List.of()))) {
            ground.keys(known(false, model));
            Begun other = begun();
            notTaken(other, other.key().registrationOf(other.challenge(), MODEL));
        }
    }

    @Test
    @DisplayName("where makers have to vouch, only a root of the model's counts")
    void attested() throws Exception {
        Maker root = maker("CN=Root", null);
        Maker maker = maker("C=DE,O=Keys,OU=Authenticator Attestation,CN=Ours", root);
        Maker stranger =
                maker("C=DE,O=Keys,OU=Authenticator Attestation,CN=Theirs", maker("CN=Root", null));
        ground.keys(known(true, new Model("Ours", false, true, true, List.of(root.certificate()))));
        Begun begun = begun();
        notTaken(begun, begun.key().registrationOf(begun.challenge(), MODEL));
        notTaken(begun, begun.key().registrationOf(begun.challenge(), MODEL, stranger));
        taken(begun, begun.key().registrationOf(begun.challenge(), MODEL, maker));
    }

    /** Somebody who vouches, vouched for by somebody or by nobody else. */
    private static Maker maker(String name, @Nullable Maker by) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Instant now = Instant.now();
        X500Name issuer =
                by == null
                        ? new X500Name(name)
                        : new X500Name(by.certificate().getSubjectX500Principal().getName());
        var builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(now.toEpochMilli()),
                        Date.from(now.minusSeconds(86_400 * 4000L)),
                        Date.from(now.plusSeconds(86_400 * 4000L)),
                        new X500Name(name),
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(by == null));
        X509Certificate certificate =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(by == null ? pair.getPrivate() : by.key())));
        return new Maker(certificate, pair.getPrivate());
    }
}
