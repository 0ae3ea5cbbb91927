package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who an org is to the world, in texts by the name of their field; a text that nobody has said is
 * not there. Immutable.
 */
record OrgAddress(Map<String, String> texts) {

    private static final int LONGEST = 255;
    private static final String NAME = "companyName";
    private static final List<String> FIELDS =
            List.of(
                    NAME,
                    "website",
                    "phoneNumber",
                    "endUserSupportHelpURL",
                    "supportPhoneNumber",
                    "address1",
                    "address2",
                    "city",
                    "state",
                    "country",
                    "postalCode");

    static final OrgAddress NOTHING = new OrgAddress(Map.of());
    static final Shape<OrgAddress> SHAPE = shape();

    OrgAddress {
        texts = Map.copyOf(texts);
    }

    private static Shape<OrgAddress> shape() {
        Shape.Builder<OrgAddress> shape = Shape.of("orgSetting");
        List<Field<OrgAddress, String>> fields = new ArrayList<>();
        for (String name : FIELDS) {
            fields.add(
                    shape.field(name, Type.TEXT, address -> address.text(name))
                            .orNull()
                            .must(
                                    text -> text.length() <= LONGEST,
                                    "must be at most " + LONGEST + " characters"));
        }
        return shape.build(
                in -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    for (int i = 0; i < FIELDS.size(); i++) {
                        String name = FIELDS.get(i);
                        in.find(fields.get(i)).ifPresent(text -> texts.put(name, text));
                    }
                    return new OrgAddress(texts);
                });
    }

    private @Nullable String text(String field) {
        return texts.get(field);
    }

    /** The same with those fields of another that are named. */
    OrgAddress with(OrgAddress other, Predicate<String> named) {
        Map<String, String> all = new LinkedHashMap<>(texts);
        for (String field : FIELDS) {
            if (named.test(field)) {
                all.remove(field);
                String said = other.texts.get(field);
                if (said != null) {
                    all.put(field, said);
                }
            }
        }
        return new OrgAddress(all);
    }

    /** The same with a name, unless it has one. */
    OrgAddress called(String name) {
        Map<String, String> all = new LinkedHashMap<>(texts);
        all.putIfAbsent(NAME, name);
        return new OrgAddress(all);
    }
}
