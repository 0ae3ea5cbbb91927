package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import java.util.List;
import java.util.Set;

/** P40 and the ids in a path: those that nobody has, and those of another org's objects. */
final class IdAspects {

    private final Stock there;

    /**
     * @param there makes objects in another org
     */
    IdAspects(Stock there) {
        this.there = there;
    }

    List<Aspect> all() {
        return List.of(
                new Aspect(
                        "P10 an id that nobody has: 404 E0000007, of a custom domain E0000163",
                        IdAspects::namesObjects,
                        this::unknown),
                new Aspect(
                        "P40 another org's id answers exactly as one that never was, and does nothing there",
                        asker -> isOfAnOrg(asker) && hasIds(asker),
                        this::foreign),
                new Aspect(
                        "P40 administrators of another org have no say over the server: 403",
                        asker -> asker.examples().isOfTheServer(asker.operation()),
                        this::otherAdministrators));
    }

    /**
     * The links of mails hold a secret, of which nothing is told before a button is pressed; to
     * whoever may ask without credentials nothing is told of users; and the kind of a contact is
     * one of two words, any other of which is 400.
     */
    private static final Set<String> NO_IDS = Set.of("token", "contactType");

    private static boolean namesObjects(Asker asker) {
        return !asker.operation().id().equals("listSupportedSecurityQuestions")
                && !NO_IDS.containsAll(asker.operation().variables());
    }

    private static boolean isOfAnOrg(Asker asker) {
        return !asker.examples().isOfTheServer(asker.operation());
    }

    private static boolean hasIds(Asker asker) {
        return asker.operation().variables().stream().anyMatch(asker.examples()::isId);
    }

    private void unknown(Asker asker) {
        Call example = asker.sample();
        for (String variable : asker.operation().variables()) {
            for (String id : List.of(Asker.UNKNOWN, "00u", "nonsense%20%2F%3F%22%3C", "-")) {
                asker.ask(example.and(variable, id)).expect(404, unknownCode(asker));
            }
        }
    }

    /** Domains have a code of their own (Domains, "Get Domain"). */
    private static String unknownCode(Asker asker) {
        return asker.operation().family().equals("CustomDomain") ? "E0000163" : "E0000007";
    }

    private void foreign(Asker asker) {
        Call ours = asker.sample();
        Call theirs = asker.allExamples().getFirst().apply(there);
        for (String variable : asker.operation().variables()) {
            if (asker.examples().isId(variable)) {
                String id = String.valueOf(theirs.variables().get(variable));
                Answer unknown = asker.ask(ours.and(variable, Asker.UNKNOWN));
                Answer foreign = asker.ask(ours.and(variable, id));
                if (!withoutIds(foreign, id).equals(withoutIds(unknown, Asker.UNKNOWN))) {
                    throw new AssertionError(foreign + " differs from " + unknown);
                }
            }
        }
        asker.expectSuccess(asker.ask(there.http(), theirs));
    }

    /** An answer as text, without what differs between any two answers. */
    private static String withoutIds(Answer answer, String id) {
        String body =
                answer.text()
                        .replace(id, "{id}")
                        .replaceAll("\"errorId\":\"[^\"]*\"", "\"errorId\":…");
        return answer.status() + " " + body;
    }

    private void otherAdministrators(Asker asker) {
        asker.ask(there.http(), asker.sample()).expect(403, "E0000006");
        asker.ask(there.http(), asker.anything()).expect(403, "E0000006");
    }
}
