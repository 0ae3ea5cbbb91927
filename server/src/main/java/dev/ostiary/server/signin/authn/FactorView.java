package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorOffer;
import dev.ostiary.server.signin.flow.Offer;
import dev.ostiary.server.signin.flow.Showing;
import dev.ostiary.server.signin.flow.State;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Factors as sign-in shows them ("Factor object"): a part of what the Factors API shows, with links
 * of its own, and with numbers and addresses of which only the ends are told.
 *
 * @param base where the Authentication API is
 * @param userId whose factors they are
 * @param users where the user is
 */
record FactorView(String base, String userId, String users) {

    /** How many characters of a number are told. */
    private static final int TOLD = 4;

    /**
     * Writes what a state shows.
     *
     * @param result how the last attempt went, where that is told
     */
    void write(JsonGenerator out, Showing showing, Optional<String> result) {
        switch (showing) {
            case Showing.Nothing nothing -> {}
            case Showing.Choices choices -> {
                out.writeArrayPropertyStart("factors");
                choices.factors().forEach(factor -> choice(out, factor));
                out.writeEndArray();
            }
            case Showing.Challenge asked -> {
                out.writeObjectPropertyStart("factor");
                fields(out, asked.factor());
                asked.challenge().ifPresent(json -> embedded(out, "challenge", json));
                out.writeEndObject();
            }
            case Showing.AnyKey asked -> {
                asked.challenge().ifPresent(json -> raw(out, "challenge", json));
                out.writeArrayPropertyStart("factors");
                for (Enrolment key : asked.keys()) {
                    out.writeStartObject();
                    fields(out, key);
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            case Showing.Offers offers -> {
                out.writeArrayPropertyStart("factors");
                offers.offers().forEach(offer -> offer(out, offer));
                out.writeEndArray();
            }
            case Showing.Activation begun -> {
                out.writeObjectPropertyStart("factor");
                fields(out, begun.factor());
                begun.activation()
                        .map(json -> own(json, begun.factor(), result))
                        .ifPresent(json -> embedded(out, "activation", json));
                out.writeEndObject();
            }
        }
    }

    private void choice(JsonGenerator out, Enrolment factor) {
        out.writeStartObject();
        fields(out, factor);
        new Links().hinted("verify", path(factor) + "/verify", "POST").write(out);
        out.writeEndObject();
    }

    private static void fields(JsonGenerator out, Enrolment factor) {
        out.writeStringProperty("id", factor.id());
        kind(out, factor.kind(), factor.vendorName());
        if (!factor.profile().isEmpty()) {
            out.writeObjectPropertyStart("profile");
            factor.profile()
                    .forEach((name, value) -> out.writeStringProperty(name, told(name, value)));
            out.writeEndObject();
        }
    }

    private static void kind(JsonGenerator out, FactorKind kind, String vendor) {
        out.writeStringProperty("factorType", kind.type());
        out.writeStringProperty("provider", kind.provider());
        out.writeStringProperty("vendorName", vendor);
    }

    private void offer(JsonGenerator out, Offer offered) {
        FactorOffer offer = offered.factor();
        out.writeStartObject();
        kind(
                out,
                offer.kind(),
                offer.enrolled().map(Enrolment::vendorName).orElse(offer.kind().provider()));
        Links links = new Links();
        if (offer.kind() == FactorKind.QUESTION) {
            links.hinted("questions", users + "/" + userId + "/factors/questions", "GET");
        }
        links.hinted("enroll", base + "/factors", "POST").write(out);
        out.writeStringProperty("status", "NOT_SETUP");
        out.writeStringProperty("enrollment", offered.required() ? "REQUIRED" : "OPTIONAL");
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
        out.writeObjectPropertyStart("profile");
        phone.fact("phoneNumber")
                .ifPresent(
                        number ->
                                out.writeStringProperty(
                                        "phoneNumber", told("phoneNumber", number)));
        out.writeEndObject();
        out.writeStringProperty("status", "ACTIVE");
        out.writeEndObject();
    }

    /** The way on from a factor, as far as the state has one. */
    void links(Links links, Showing showing, Optional<String> result) {
        switch (showing) {
            case Showing.Challenge asked -> {
                boolean waits = result.equals(Optional.of("WAITING"));
                links.named(
                        "next",
                        waits ? "poll" : "verify",
                        path(asked.factor()) + "/verify",
                        "POST");
            }
            case Showing.AnyKey asked ->
                    links.named(
                            "next",
                            "verify",
                            base + "/factors/" + State.MfaChallenge.ANY_KEY + "/verify",
                            "POST");
            case Showing.Activation begun -> {
                boolean polls =
                        begun.factor().kind() == FactorKind.PUSH
                                && !result.equals(Optional.of("TIMEOUT"));
                String activate = path(begun.factor()) + "/lifecycle/activate";
                links.named(
                        "next",
                        polls ? "poll" : "activate",
                        polls ? activate + "/poll" : activate,
                        "POST");
            }
            case Showing.Nothing none -> {}
            case Showing.Choices none -> {}
            case Showing.Offers none -> {}
        }
    }

    /** Where something is sent again. */
    void resend(Links links, Showing showing) {
        switch (showing) {
            case Showing.Challenge asked -> {
                FactorKind kind = asked.factor().kind();
                if (kind.sendsCode() || kind == FactorKind.PUSH) {
                    links.hintedItem(
                            "resend", kind.type(), path(asked.factor()) + "/verify/resend", "POST");
                }
            }
            case Showing.Activation begun -> {
                FactorKind kind = begun.factor().kind();
                if (kind.sendsCode()) {
                    links.hintedItem(
                            "resend",
                            kind.type(),
                            path(begun.factor()) + "/lifecycle/resend",
                            "POST");
                }
            }
            case Showing.Nothing none -> {}
            case Showing.Choices none -> {}
            case Showing.Offers none -> {}
            case Showing.AnyKey none -> {}
        }
    }

    private String path(Enrolment factor) {
        return base + "/factors/" + Urls.segment(factor.id());
    }

    /** Whoever knows the password alone is not told where codes go, but may recognize it. */
    static String told(String name, String value) {
        return switch (name) {
            case "phoneNumber" -> number(value);
            case "email" -> address(value);
            default -> value;
        };
    }

    private static String number(String value) {
        String digits = value.replaceAll("\\D", "");
        String country = digits.length() > 10 ? digits.substring(0, digits.length() - 10) : "";
        String last = digits.substring(Math.max(0, digits.length() - TOLD));
        return "+" + country + " XXX-XXX-" + last;
    }

    private static String address(String value) {
        int at = value.lastIndexOf('@');
        return at < 1
                ? "..."
                : value.charAt(0) + "..." + value.charAt(at - 1) + value.substring(at);
    }

    /**
     * What is done with a device that is waited for is done at sign-in, too; a key is told what its
     * predecessors wanted to know ("Enroll WebAuthn Factor", {@code u2fParams}).
     */
    private ObjectNode own(ObjectNode activation, Enrolment factor, Optional<String> result) {
        if (factor.kind() == FactorKind.WEBAUTHN) {
            ObjectNode more = activation.deepCopy();
            Urls.origin(base).ifPresent(host -> more.putObject("u2fParams").put("appid", host));
            return more;
        }
        if (factor.kind() != FactorKind.PUSH) {
            return activation;
        }
        String activate = path(factor) + "/lifecycle/activate";
        return result.equals(Optional.of("TIMEOUT"))
                ? PushActivation.late(activate)
                : PushActivation.waiting(activation, activate);
    }

    private static void embedded(JsonGenerator out, String name, ObjectNode json) {
        out.writeObjectPropertyStart("_embedded");
        raw(out, name, json);
        out.writeEndObject();
    }

    private static void raw(JsonGenerator out, String name, ObjectNode json) {
        out.writeName(name);
        Json.raw(out, Json.text(json));
    }
}
