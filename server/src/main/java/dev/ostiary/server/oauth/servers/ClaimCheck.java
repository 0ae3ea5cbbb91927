package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.text.TextPattern;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.servers.TokenClaim.GroupFilter;
import dev.ostiary.server.oauth.servers.TokenClaim.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which claims a server takes. Thread-safe. */
final class ClaimCheck {

    /** OpenID Connect API, "Reserved claims in the payload section". */
    private static final Set<String> RESERVED_IN_ACCESS_TOKENS =
            Set.of("aud", "cid", "cnf", "exp", "iat", "iss", "jti", "scp", "uid", "ver");

    /** OpenID Connect API, "Base claims". */
    private static final Set<String> RESERVED_IN_ID_TOKENS =
            Set.of(
                    "amr",
                    "at_hash",
                    "aud",
                    "auth_time",
                    "c_hash",
                    "exp",
                    "iat",
                    "idp",
                    "iss",
                    "jti",
                    "nonce",
                    "sub",
                    "ver");

    private final OrgSchemas schemas;

    ClaimCheck(OrgSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Refuses a claim that a server cannot have.
     *
     * @throws ApiException {@code E0000001} with every cause
     */
    void require(Org org, AuthorizationServer server, TokenClaim claim) {
        List<String> causes = new ArrayList<>();
        name(server, claim, causes);
        value(org, claim, causes);
        for (String scope : claim.scopes()) {
            if (server.scopeNamed(scope).isEmpty()) {
                causes.add("conditions.scopes: The scope '" + scope + "' does not exist");
            }
        }
        if (!causes.isEmpty()) {
            String first = causes.getFirst();
            throw ApiException.validation(first.substring(0, first.indexOf(':')), causes);
        }
    }

    private static void name(AuthorizationServer server, TokenClaim claim, List<String> causes) {
        Set<String> reserved =
                switch (claim.claimType()) {
                    case RESOURCE -> RESERVED_IN_ACCESS_TOKENS;
                    case IDENTITY -> RESERVED_IN_ID_TOKENS;
                };
        if (!claim.system() && reserved.contains(claim.name())) {
            causes.add("name: '" + claim.name() + "' is reserved and cannot be used");
        }
        if (server.claims().stream().anyMatch(other -> isTwin(claim, other))) {
            causes.add(
                    "name: An object with this field already exists in the current organization");
        }
    }

    private static boolean isTwin(TokenClaim claim, TokenClaim other) {
        return other.name().equals(claim.name())
                && other.claimType() == claim.claimType()
                && !other.id().equals(claim.id());
    }

    private void value(Org org, TokenClaim claim, List<String> causes) {
        switch (claim.valueType()) {
            case EXPRESSION -> expression(org, claim, causes);
            case GROUPS -> groups(claim, causes);
            case SYSTEM -> {
                if (!claim.system()) {
                    causes.add("valueType: SYSTEM claims cannot be created");
                }
            }
        }
        if (claim.valueType() != ValueType.GROUPS && claim.groupFilter() != null) {
            causes.add("group_filter_type: Only claims of the value type GROUPS have one");
        }
    }

    private void expression(Org org, TokenClaim claim, List<String> causes) {
        try {
            Expression.compile(
                    claim.value(),
                    Scope.ofTokenClaims(
                            schemas.of(org).expressionTypes(org),
                            claim.claimType() == ClaimType.RESOURCE));
        } catch (InvalidExpression e) {
            causes.add("value: " + e.getMessage());
        }
    }

    private static void groups(TokenClaim claim, List<String> causes) {
        if (claim.groupFilter() == null) {
            causes.add("group_filter_type: The field cannot be left blank");
        } else if (claim.groupFilter() == GroupFilter.REGEX
                && TextPattern.of(claim.value()).isEmpty()) {
            causes.add("value: Invalid regular expression");
        } else if (claim.value().isBlank()) {
            causes.add("value: The field cannot be left blank");
        }
    }
}
