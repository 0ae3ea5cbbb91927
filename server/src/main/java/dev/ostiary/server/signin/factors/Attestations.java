package dev.ostiary.server.signin.factors;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.SelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadAttestationStatementException;
import java.security.cert.TrustAnchor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Registration of keys whose makers vouch for them (Web Authentication, level 2, 7.1, steps 20 and
 * 21): a statement counts whose certificates lead to a root of the key's model. A key that vouches
 * for itself, or for which nobody does, is refused.
 */
final class Attestations {

    private Attestations() {}

    /** Verifies keys of the models that an org knows. */
    static WebAuthnManager by(SecurityKeyRules rules, ObjectConverter converter) {
        SelfAttestationTrustworthinessVerifier nobody =
                statement -> {
                    throw new BadAttestationStatementException("a key vouches for itself");
                };
        return new WebAuthnManager(
                List.of(
                        new PackedAttestationStatementVerifier(),
                        new FIDOU2FAttestationStatementVerifier(),
                        new AndroidKeyAttestationStatementVerifier(),
                        new TPMAttestationStatementVerifier(),
                        new AppleAnonymousAttestationStatementVerifier()),
                new DefaultCertPathTrustworthinessVerifier(new Roots(rules)),
                nobody,
                converter);
    }

    private record Roots(SecurityKeyRules rules) implements TrustAnchorRepository {
        @Override
        public Set<TrustAnchor> find(AAGUID aaguid) {
            return rules.model(aaguid.getValue()).stream()
                    .flatMap(model -> model.roots().stream())
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toSet());
        }

        /** Keys of U2F say no model, so nothing is known of them. */
        @Override
        public Set<TrustAnchor> find(byte[] keyIdentifier) {
            return Set.of();
        }
    }
}
