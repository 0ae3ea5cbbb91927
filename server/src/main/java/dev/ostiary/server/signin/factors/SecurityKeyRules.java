package dev.ostiary.server.signin.factors;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an org asks of security keys (schema {@code AuthenticatorMethodWebAuthn}). Immutable.
 *
 * @param enrolment whether a key verifies its holder when it is enrolled
 * @param verification whether it does when it is used
 * @param attachment what kind of keys
 * @param residentKey whether a key keeps the credential itself
 * @param attested whether a key's maker has to vouch for it, by a root of its model
 * @param hardwareProtected whether only models that keep their secret in hardware are taken
 * @param fipsCompliant whether only models that meet FIPS are taken
 * @param syncable whether a credential may be on several devices
 * @param models those that the org knows
 * @param groups AAGUIDs of models, under names that enrolment policies ask for
 * @param relyingParty what new keys are for; empty for the host of the page
 */
public record SecurityKeyRules(
        Wish enrolment,
        Wish verification,
        Attachment attachment,
        Wish residentKey,
        boolean attested,
        boolean hardwareProtected,
        boolean fipsCompliant,
        boolean syncable,
        Map<UUID, Model> models,
        Map<String, Set<UUID>> groups,
        Optional<String> relyingParty) {

    /** What an org asks that has said nothing. */
    public static final SecurityKeyRules STANDARD =
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
                    Map.of(),
                    Optional.empty());

    public SecurityKeyRules {
        models = Map.copyOf(models);
        groups = Map.copyOf(groups);
    }

    /** How much something is wanted. */
    public enum Wish {
        DISCOURAGED,
        PREFERRED,
        REQUIRED
    }

    /** Whether a key is part of the device. */
    public enum Attachment {
        ANY,
        BUILT_IN,
        ROAMING
    }

    /**
     * A model of keys, by its AAGUID.
     *
     * @param name what people call it
     * @param platform whether it is part of a device
     * @param fips whether it meets FIPS
     * @param hardware whether it keeps its secret in hardware
     * @param roots who vouches for keys of the model
     */
    public record Model(
            String name,
            boolean platform,
            boolean fips,
            boolean hardware,
            List<X509Certificate> roots) {

        public Model {
            roots = List.copyOf(roots);
        }
    }

    Optional<Model> model(UUID aaguid) {
        return Optional.ofNullable(models.get(aaguid));
    }

    /** Whether a model is in one of these groups; any is in none of them. */
    boolean isIn(Set<String> names, UUID aaguid) {
        return names.isEmpty()
                || names.stream()
                        .anyMatch(name -> groups.getOrDefault(name, Set.of()).contains(aaguid));
    }

    /**
     * Whether a key may be enrolled, as far as that is not its signature's affair.
     *
     * @param copied whether its credential may be on several devices
     */
    boolean takes(UUID aaguid, boolean copied) {
        Optional<Model> model = model(aaguid);
        boolean place =
                switch (attachment) {
                    case ANY -> true;
                    case BUILT_IN -> model.map(Model::platform).orElse(true);
                    case ROAMING -> model.map(each -> !each.platform()).orElse(true);
                };
        return place
                && (syncable || !copied)
                && (!hardwareProtected || model.filter(Model::hardware).isPresent())
                && (!fipsCompliant || model.filter(Model::fips).isPresent());
    }
}
