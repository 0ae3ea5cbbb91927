package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * Whom a certificate is to name (Apps API, "CSR Metadata object").
 *
 * @param subject parts of the name, as the wire calls them
 */
record CertificateSubject(Subject subject, @Nullable Names subjectAltNames) {

    private static final int LONGEST = 64;
    private static final int MOST_NAMES = 100;

    /** The parts of a distinguished name. */
    record Subject(
            @Nullable String countryName,
            @Nullable String stateOrProvinceName,
            @Nullable String localityName,
            @Nullable String organizationName,
            @Nullable String organizationalUnitName,
            @Nullable String commonName) {

        private static final Shape<Subject> SHAPE = shape();

        private static Shape<Subject> shape() {
            Shape.Builder<Subject> shape = Shape.of("subject");
            Field<Subject, String> country =
                    part(shape, "countryName", Subject::countryName)
                            .must(text -> text.matches("[A-Z]{2}"), "must be two capital letters");
            Field<Subject, String> state =
                    part(shape, "stateOrProvinceName", Subject::stateOrProvinceName);
            Field<Subject, String> locality = part(shape, "localityName", Subject::localityName);
            Field<Subject, String> organization =
                    part(shape, "organizationName", Subject::organizationName);
            Field<Subject, String> unit =
                    part(shape, "organizationalUnitName", Subject::organizationalUnitName);
            Field<Subject, String> common =
                    part(shape, "commonName", Subject::commonName).required();
            return shape.build(
                    in ->
                            new Subject(
                                    in.orNull(country),
                                    in.orNull(state),
                                    in.orNull(locality),
                                    in.orNull(organization),
                                    in.orNull(unit),
                                    in.orNull(common)));
        }

        private static Field<Subject, String> part(
                Shape.Builder<Subject> shape,
                String name,
                Function<Subject, @Nullable String> getter) {
            return shape.field(name, Type.TEXT, getter)
                    .must(
                            text -> !text.isBlank() && text.length() <= LONGEST,
                            "must be 1 to 64 characters");
        }
    }

    /** Names of hosts. */
    record Names(List<String> dnsNames) {
        private static final Shape<Names> SHAPE = shape();

        private static Shape<Names> shape() {
            Shape.Builder<Names> shape = Shape.of("subjectAltNames");
            Field<Names, List<String>> names =
                    shape.field("dnsNames", Type.list(Type.TEXT), Names::dnsNames)
                            .required()
                            .must(
                                    all ->
                                            all.size() <= MOST_NAMES
                                                    && all.stream().allMatch(Names::isName),
                                    "must be at most 100 names of hosts");
            return shape.build(in -> new Names(in.get(names)));
        }

        private static boolean isName(String text) {
            return text.matches("(\\*\\.)?[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*")
                    && text.length() <= 253;
        }
    }

    static final Shape<CertificateSubject> SHAPE = shape();

    private static Shape<CertificateSubject> shape() {
        Shape.Builder<CertificateSubject> shape = Shape.of("metadata");
        Field<CertificateSubject, Subject> subject =
                shape.field("subject", Type.nested(Subject.SHAPE), CertificateSubject::subject)
                        .required();
        Field<CertificateSubject, Names> names =
                shape.field(
                        "subjectAltNames",
                        Type.nested(Names.SHAPE),
                        CertificateSubject::subjectAltNames);
        return shape.build(in -> new CertificateSubject(in.get(subject), in.orNull(names)));
    }

    List<String> dnsNames() {
        return subjectAltNames == null ? List.of() : subjectAltNames.dnsNames();
    }

    X500Name name() {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
        Map<ASN1ObjectIdentifier, Optional<String>> parts = new LinkedHashMap<>();
        parts.put(BCStyle.C, Optional.ofNullable(subject.countryName()));
        parts.put(BCStyle.ST, Optional.ofNullable(subject.stateOrProvinceName()));
        parts.put(BCStyle.L, Optional.ofNullable(subject.localityName()));
        parts.put(BCStyle.O, Optional.ofNullable(subject.organizationName()));
        parts.put(BCStyle.OU, Optional.ofNullable(subject.organizationalUnitName()));
        parts.put(BCStyle.CN, Optional.ofNullable(subject.commonName()));
        parts.forEach((oid, value) -> value.ifPresent(text -> builder.addRDN(oid, text)));
        return builder.build();
    }
}
