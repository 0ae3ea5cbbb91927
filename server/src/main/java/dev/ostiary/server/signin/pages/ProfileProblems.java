package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.policy.RegistrationDecision.Attribute;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.RegisterScreen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attributes of a profile that a form asks for, and what may be wrong with what was filled in.
 * Immutable.
 */
record ProfileProblems(List<Attribute> attributes) {

    private static final String TAKEN = "already exists";

    /** What was filled in; whatever else a form says is not taken. */
    ObjectNode said(Form form) {
        ObjectNode said = Json.object();
        for (Attribute attribute : attributes) {
            String value = form.text(RegisterScreen.name(attribute.name())).strip();
            if (!value.isEmpty()) {
                said.put(attribute.name(), value);
            }
        }
        return said;
    }

    /** The fields, with what was filled in before. */
    List<RegisterScreen.Entry> entries(ObjectNode said) {
        return attributes.stream()
                .map(
                        each ->
                                new RegisterScreen.Entry(
                                        each.name(),
                                        each.label(),
                                        each.required(),
                                        said.path(each.name()).asString("")))
                .toList();
    }

    /** The first that is needed and was not filled in. */
    Optional<Problem> missing(ObjectNode said) {
        return attributes.stream()
                .filter(each -> each.required() && !said.has(each.name()))
                .map(each -> Problem.of(Phrase.NEEDED).in(RegisterScreen.name(each.name())))
                .findFirst();
    }

    /** What the directory refuses, in words for people. */
    Problem of(ApiException refused) {
        if (!refused.code().equals("E0000001") && !refused.code().equals("E0000080")) {
            throw refused;
        }
        String causes = String.join(" ", refused.causes());
        if (causes.contains(TAKEN)) {
            return field("login")
                    .or(() -> field("email"))
                    .map(name -> Problem.of(Phrase.REGISTERED_ALREADY).in(name))
                    .orElseGet(() -> Problem.of(Phrase.REGISTERED_ALREADY));
        }
        if (causes.toLowerCase(Locale.ROOT).contains("password")) {
            return Problem.of(Phrase.PASSWORD_REFUSED).in(RegisterScreen.PASSWORD);
        }
        String first = refused.causes().isEmpty() ? "" : refused.causes().getFirst();
        int colon = first.indexOf(':');
        Optional<String> field = colon < 0 ? Optional.empty() : field(first.substring(0, colon));
        return field.map(
                        name ->
                                Problem.of(Phrase.SAID, first.substring(colon + 1).strip())
                                        .in(name))
                .orElseGet(() -> Problem.of(Phrase.SAID, first));
    }

    /** The name of an attribute's field, if it is asked for. */
    Optional<String> field(String attribute) {
        return attributes.stream()
                .filter(each -> each.name().equals(attribute))
                .map(each -> RegisterScreen.name(each.name()))
                .findFirst();
    }
}
