package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Factors as JSON, with the links that their state has (Factors, "Factor object").
 *
 * @param baseUrl scheme and host as the client used them
 * @param userId whose factors they are
 */
record FactorJson(String baseUrl, String userId) {

    private static final String PROFILE = "profile";

    /** What {@link #write} writes. */
    static final Schema.Fields SCHEMA =
            Schema.object("UserFactor")
                    .always("id", Schema.TEXT)
                    .always("factorType", Schema.TEXT)
                    .always("provider", Schema.TEXT)
                    .always("vendorName", Schema.TEXT)
                    .always("status", Schema.words("PENDING_ACTIVATION", "ACTIVE"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .maybe(PROFILE, Schema.map(Schema.TEXT))
                    .always("_links", Links.SCHEMA)
                    .maybe("_embedded", Schema.object().always("activation", Schema.DOCUMENT));

    /** What {@link #writeOffer} writes. */
    static final Schema.Fields OFFER =
            Schema.object("UserFactorSupported")
                    .always("factorType", Schema.TEXT)
                    .always("provider", Schema.TEXT)
                    .always("vendorName", Schema.TEXT)
                    .always("status", Schema.words("NOT_SETUP", "PENDING_ACTIVATION", "ACTIVE"))
                    .always("enrollment", Schema.words("OPTIONAL", "REQUIRED"))
                    .always("_links", Links.SCHEMA)
                    .maybe(
                            "_embedded",
                            Schema.object().always("phones", Schema.list(Schema.DOCUMENT)));

    /** What {@link #writeVerification} writes. */
    static final Schema.Fields VERIFICATION =
            Schema.object("UserFactorVerification")
                    .always(
                            "factorResult",
                            Schema.words(
                                    "SUCCESS",
                                    "CHALLENGE",
                                    "WAITING",
                                    "REJECTED",
                                    "TIMEOUT",
                                    "CANCELLED"))
                    .maybe("expiresAt", Schema.MOMENT)
                    .maybe(PROFILE, Schema.map(Schema.TEXT))
                    .maybe("_links", Links.SCHEMA)
                    .maybe("_embedded", Schema.object().always("challenge", Schema.DOCUMENT));

    private String user() {
        return baseUrl + "/api/v1/users/" + userId;
    }

    private String path(Enrolment enrolment) {
        return user() + "/factors/" + enrolment.id();
    }

    /** One factor. */
    void write(JsonGenerator out, Enrolment enrolment, Optional<ObjectNode> activation) {
        out.writeStartObject();
        out.writeStringProperty("id", enrolment.id());
        kind(out, enrolment.kind(), enrolment.vendorName());
        out.writeStringProperty("status", enrolment.status().name());
        out.writeStringProperty("created", Dates.text(enrolment.created()));
        out.writeStringProperty("lastUpdated", Dates.text(enrolment.lastUpdated()));
        profile(out, enrolment.profile());
        links(enrolment).write(out);
        activation.ifPresent(json -> embedded(out, "activation", json));
        out.writeEndObject();
    }

    private static void kind(JsonGenerator out, FactorKind kind, String vendor) {
        out.writeStringProperty("factorType", kind.type());
        out.writeStringProperty("provider", kind.provider());
        out.writeStringProperty("vendorName", vendor);
    }

    private static void profile(JsonGenerator out, Map<String, String> profile) {
        if (!profile.isEmpty()) {
            out.writeObjectPropertyStart(PROFILE);
            profile.forEach(out::writeStringProperty);
            out.writeEndObject();
        }
    }

    private static void embedded(JsonGenerator out, String name, ObjectNode json) {
        out.writeObjectPropertyStart("_embedded");
        out.writeName(name);
        Json.raw(out, Json.text(json));
        out.writeEndObject();
    }

    private Links links(Enrolment enrolment) {
        Links links = new Links();
        String path = path(enrolment);
        if (enrolment.active()) {
            if (enrolment.kind() == FactorKind.QUESTION) {
                links.hinted("questions", user() + "/factors/questions", "GET");
            } else {
                links.hinted("verify", path + "/verify", "POST");
            }
            links.hinted("self", path, "GET", "DELETE");
        } else {
            if (enrolment.kind() == FactorKind.PUSH) {
                links.hinted("poll", path + "/lifecycle/activate/poll", "POST");
            } else {
                links.hinted("activate", path + "/lifecycle/activate", "POST");
            }
            if (enrolment.kind().sendsCode()) {
                links.hintedItem("resend", enrolment.kind().type(), path + "/resend", "POST");
            }
            links.hinted("self", path, "GET");
        }
        return links.hinted("user", user(), "GET");
    }

    /** One line of the catalogue. */
    void writeOffer(JsonGenerator out, FactorOffer offer) {
        FactorKind kind = offer.kind();
        out.writeStartObject();
        kind(out, kind, offer.enrolled().map(Enrolment::vendorName).orElse(kind.provider()));
        out.writeStringProperty(
                "status", offer.enrolled().map(each -> each.status().name()).orElse("NOT_SETUP"));
        out.writeStringProperty("enrollment", "OPTIONAL");
        Links links = new Links();
        if (kind == FactorKind.QUESTION) {
            links.hinted("questions", user() + "/factors/questions", "GET");
        }
        links.hinted("enroll", user() + "/factors", "POST").write(out);
        if (!offer.phones().isEmpty()) {
            out.writeObjectPropertyStart("_embedded");
            out.writeArrayPropertyStart("phones");
            offer.phones().forEach(phone -> phone(out, phone));
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void phone(JsonGenerator out, Enrolment phone) {
        out.writeStartObject();
        out.writeStringProperty("id", phone.id());
        profile(out, phone.profile());
        out.writeStringProperty("status", "ACTIVE");
        out.writeEndObject();
    }

    /** How a verification stands; {@link Verification.Rejected} is an error and none of these. */
    void writeVerification(JsonGenerator out, Verification verification) {
        Enrolment enrolment = verification.enrolment();
        out.writeStartObject();
        switch (verification) {
            case Verification.Success success -> {
                out.writeStringProperty("factorResult", "SUCCESS");
                if (enrolment.kind() == FactorKind.WEBAUTHN) {
                    profile(out, enrolment.profile());
                }
            }
            case Verification.Challenged challenged -> {
                out.writeStringProperty("factorResult", "CHALLENGE");
                profile(out, enrolment.profile());
                onward(enrolment).write(out);
                if (!challenged.challenge().isEmpty()) {
                    embedded(out, "challenge", challenged.challenge());
                }
            }
            case Verification.Waiting waiting -> waiting(out, enrolment, waiting.transaction());
            case Verification.Ended ended -> {
                out.writeStringProperty("factorResult", ended.transaction().result().name());
                profile(out, enrolment.profile());
                onward(enrolment).write(out);
            }
            case Verification.Rejected rejected -> throw rejected.error();
        }
        out.writeEndObject();
    }

    private void waiting(JsonGenerator out, Enrolment enrolment, PushTransaction transaction) {
        out.writeStringProperty("expiresAt", Dates.text(transaction.expires()));
        out.writeStringProperty("factorResult", "WAITING");
        profile(out, enrolment.profile());
        String path = path(enrolment) + "/transactions/" + transaction.id();
        new Links().hinted("poll", path, "GET").hinted("cancel", path, "DELETE").write(out);
        Integer number = transaction.number();
        if (number != null) {
            embedded(out, "challenge", Json.object().put("correctAnswer", number));
        }
    }

    private Links onward(Enrolment enrolment) {
        String path = path(enrolment);
        return new Links()
                .hinted("verify", path + "/verify", "POST")
                .hinted("factor", path, "GET", "DELETE");
    }
}
