package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.security.zones.ZoneMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From where a token may be used.
 *
 * @param connection {@code ANYWHERE} or {@code ZONE}
 * @param include ids of zones from which it may be used; null for none named
 * @param exclude ids of zones from which it may not be used; null for none named
 */
record TokenNetwork(
        String connection, @Nullable List<String> include, @Nullable List<String> exclude) {

    static final TokenNetwork ANYWHERE = new TokenNetwork("ANYWHERE", null, null);

    static final Shape<TokenNetwork> SHAPE = shape();

    private static final int MOST = 100;

    /** Whether it names zones. */
    boolean isLimited() {
        return connection.equals("ZONE");
    }

    List<String> included() {
        return include == null ? List.of() : include;
    }

    List<String> excluded() {
        return exclude == null ? List.of() : exclude;
    }

    /** Whether a client there may use the token: in one that is included, in none excluded. */
    boolean allows(ZoneMap zones, IpAddress address) {
        return !isLimited()
                || (included().isEmpty() || zones.isIn(included(), address))
                        && !zones.isIn(excluded(), address);
    }

    private static Shape<TokenNetwork> shape() {
        Shape.Builder<TokenNetwork> shape = Shape.of("network");
        Field<TokenNetwork, String> connection =
                shape.field("connection", Type.TEXT, TokenNetwork::connection)
                        .required()
                        .must(Set.of("ANYWHERE", "ZONE")::contains, "must be ANYWHERE or ZONE");
        Field<TokenNetwork, List<String>> include =
                shape.field("include", Type.list(Type.TEXT), TokenNetwork::include)
                        .must(list -> list.size() <= MOST, "must be at most 100 zones");
        Field<TokenNetwork, List<String>> exclude =
                shape.field("exclude", Type.list(Type.TEXT), TokenNetwork::exclude)
                        .must(list -> list.size() <= MOST, "must be at most 100 zones");
        return shape.build(
                in -> new TokenNetwork(in.get(connection), in.orNull(include), in.orNull(exclude)));
    }
}
