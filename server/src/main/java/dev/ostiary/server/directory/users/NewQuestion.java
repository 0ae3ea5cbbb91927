package dev.ostiary.server.directory.users;

/**
 * A recovery question that somebody chose at sign-in, judged good, its answer hashed. Immutable.
 */
public final class NewQuestion {

    private final NewCredentials question;
    private final NewCredentials.Hashed answer;

    NewQuestion(NewCredentials question, NewCredentials.Hashed answer) {
        this.question = question;
        this.answer = answer;
    }

    NewCredentials question() {
        return question;
    }

    NewCredentials.Hashed answer() {
        return answer;
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "NewQuestion[…]";
    }
}
