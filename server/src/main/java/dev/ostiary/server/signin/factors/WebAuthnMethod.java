package dev.ostiary.server.signin.factors;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.ostiary.platform.background.Deferred;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Wish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Security keys and passkeys (Web Authentication, level 2, sections 7.1 and 7.2, as webauthn4j
 * verifies them). A challenge is one factor's, works once and lives five minutes. A browser signs
 * for the org's own origin or one that the org trusts for CORS, whose host is then the relying
 * party; a key keeps to the one that it was enrolled under. What else is asked of a key the org's
 * authenticator says ({@link SecurityKeyRules}). Thread-safe.
 */
final class WebAuthnMethod implements FactorMethod {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Eighteen bytes; sixteen are the least (13.4.3). */
    private static final int CHALLENGE = 24;

    private final FactorStore store;
    private final Tokens tokens;
    private final BiPredicate<Org, String> trusted;
    private final FactorSettings settings;
    private final Deferred<Library> library = new Deferred<>(Library::load);

    /**
     * @param trusted whether an org trusts an origin that is not its own
     */
    WebAuthnMethod(
            FactorStore store,
            Tokens tokens,
            BiPredicate<Org, String> trusted,
            FactorSettings settings) {
        this.settings = settings;
        this.store = store;
        this.tokens = tokens;
        this.trusted = trusted;
    }

    /** webauthn4j, whose classes take as long to load as those of a family of operations. */
    private record Library(
            ObjectConverter converter,
            WebAuthnManager manager,
            AttestedCredentialDataConverter credentials) {

        static Library load() {
            ObjectConverter converter = new ObjectConverter();
            return new Library(
                    converter,
                    WebAuthnManager.createNonStrictWebAuthnManager(converter),
                    new AttestedCredentialDataConverter(converter));
        }
    }

    /**
     * What is kept of a key.
     *
     * @param relyingParty host that it is for
     * @param data attested credential data (6.5.1), which holds the public key
     */
    private record Kept(String relyingParty, byte[] data) {

        byte[] bytes() {
            ObjectNode json =
                    Json.object()
                            .put("relyingParty", relyingParty)
                            .put("data", Base64.getEncoder().encodeToString(data));
            return Json.text(json).getBytes(StandardCharsets.UTF_8);
        }

        static Kept of(byte[] bytes) {
            ObjectNode json = Json.object(new String(bytes, StandardCharsets.UTF_8));
            return new Kept(
                    json.path("relyingParty").asString(""),
                    Base64.getDecoder().decode(json.path("data").asString("")));
        }
    }

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        return challenged(at, fresh);
    }

    @Override
    public Factor challenge(FactorContext at, Factor factor, Optional<Duration> lifetime) {
        return challenged(at, factor);
    }

    private Factor challenged(FactorContext at, Factor factor) {
        return challenged(at, factor, fresh());
    }

    /** A challenge that nobody has had. */
    String fresh() {
        return tokens.urlSafe(CHALLENGE);
    }

    /** A key that is asked for its signature over a challenge. */
    Factor challenged(FactorContext at, Factor factor, String challenge) {
        return factor.with(new Factor.Code(null, challenge, at.now(), at.now().plus(LIFETIME)));
    }

    @Override
    public Optional<ObjectNode> activation(Activation of) {
        return Optional.of(KeyCreation.options(of, settings.keys(of.reader(), of.org())));
    }

    @Override
    public Optional<ObjectNode> shownChallenge(FactorContext at, Factor factor) {
        Factor.@Nullable Code code = factor.code();
        SecurityKeyRules rules = settings.keys(at.tx(), at.org());
        ObjectNode json =
                Json.object()
                        .put("challenge", code == null ? null : code.challenge())
                        .put("userVerification", KeyCreation.word(rules.verification()));
        byte @Nullable [] credential = factor.credential();
        rules.relyingParty()
                .filter(id -> credential != null && Kept.of(credential).relyingParty().equals(id))
                .ifPresent(id -> json.put("rpId", id));
        json.putObject("extensions");
        return Optional.of(json);
    }

    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        try {
            return factor.enrolment().active()
                    ? asserted(at, factor, shown.proof())
                    : registered(at, factor, shown.proof());
        } catch (WebAuthnException | IllegalArgumentException | ApiException wrong) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
    }

    private Verdict registered(FactorContext at, Factor factor, Proof proof) {
        byte[] client = bytes(proof.clientData());
        SecurityKeyRules rules = settings.keys(at.tx(), at.org());
        ServerProperty server = server(at, factor, client, rules.relyingParty());
        WebAuthnManager judge =
                rules.attested()
                        ? Attestations.by(rules, library.get().converter())
                        : library.get().manager();
        RegistrationData data =
                judge.verify(
                        new RegistrationRequest(bytes(proof.attestation()), client),
                        new RegistrationParameters(
                                server,
                                KeyCreation.ALGORITHMS.stream()
                                        .map(WebAuthnMethod::parameter)
                                        .toList(),
                                rules.enrolment() == Wish.REQUIRED,
                                true));
        var authenticator =
                Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData credential =
                Objects.requireNonNull(authenticator.getAttestedCredentialData());
        UUID aaguid = credential.getAaguid().getValue();
        if (!rules.takes(aaguid, authenticator.isFlagBE()) || !rules.isIn(at.keyGroups(), aaguid)) {
            throw new IllegalArgumentException("the org takes no such key");
        }
        String id = encoded(credential.getCredentialId());
        if (store.holding(at.tx(), FactorKind.WEBAUTHN, id).isPresent()) {
            throw new IllegalArgumentException("the key is somebody's already");
        }
        Enrolment enrolment =
                factor.enrolment()
                        .with(
                                Map.of(
                                        "credentialId",
                                        id,
                                        "authenticatorName",
                                        rules.model(aaguid)
                                                .map(SecurityKeyRules.Model::name)
                                                .filter(name -> !name.isEmpty())
                                                .orElse(FactorKind.WEBAUTHN.displayName())),
                                at.now());
        return new Verdict.Right(
                factor.with(enrolment)
                        .to(id)
                        .holding(
                                new Kept(
                                                String.valueOf(server.getRpId()),
                                                library.get().credentials().convert(credential))
                                        .bytes())
                        .used(authenticator.getSignCount())
                        .with((Factor.Code) null),
                authenticator.isFlagUV());
    }

    private static PublicKeyCredentialParameters parameter(long algorithm) {
        return new PublicKeyCredentialParameters(
                PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm));
    }

    private Verdict asserted(FactorContext at, Factor factor, Proof proof) {
        Kept kept = Kept.of(Objects.requireNonNull(factor.credential()));
        byte[] client = bytes(proof.clientData());
        AttestedCredentialData credential = library.get().credentials().convert(kept.data());
        byte[] id = credential.getCredentialId();
        AuthenticationData data =
                library.get()
                        .manager()
                        .verify(
                                new AuthenticationRequest(
                                        id,
                                        bytes(proof.authenticatorData()),
                                        client,
                                        bytes(proof.signatureData())),
                                new AuthenticationParameters(
                                        server(
                                                at,
                                                factor,
                                                client,
                                                Optional.of(kept.relyingParty())),
                                        new CredentialRecordImpl(
                                                null,
                                                null,
                                                null,
                                                null,
                                                factor.counter(),
                                                credential,
                                                null,
                                                null,
                                                null,
                                                null),
                                        List.of(id),
                                        settings.keys(at.tx(), at.org()).verification()
                                                == Wish.REQUIRED,
                                        true));
        var said = Objects.requireNonNull(data.getAuthenticatorData());
        return new Verdict.Right(
                factor.used(said.getSignCount()).with((Factor.Code) null), said.isFlagUV());
    }

    /** What the browser has to have been asked by whom. */
    private ServerProperty server(
            FactorContext at, Factor factor, byte[] client, Optional<String> keptTo) {
        Factor.@Nullable Code code = factor.code();
        if (code == null || code.challenge() == null || !at.now().isBefore(code.expires())) {
            throw new IllegalArgumentException("nothing was asked");
        }
        JsonNode said = Json.parse(client).path("origin");
        String origin = said.isString() ? said.stringValue() : "";
        if (!origin.equals(at.baseUrl()) && !trusted.test(at.org(), origin)) {
            throw new IllegalArgumentException("a foreign origin");
        }
        String host = Optional.ofNullable(URI.create(origin).getHost()).orElse("");
        return ServerProperty.builder()
                .origin(new Origin(origin))
                .rpId(keptTo.orElse(host))
                .challenge(new DefaultChallenge(code.challenge()))
                .build();
    }

    /** Base 64 of either alphabet, padded or not: both are met. */
    private static byte[] bytes(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("missing");
        }
        return Base64.getDecoder()
                .decode(text.replace('-', '+').replace('_', '/').replaceAll("=+$", ""));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
