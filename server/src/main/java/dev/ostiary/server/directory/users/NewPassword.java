package dev.ostiary.server.directory.users;

/** A password that somebody chose at sign-in, judged good and hashed. Immutable. */
public final class NewPassword {

    private final ChosenPassword chosen;

    NewPassword(ChosenPassword chosen) {
        this.chosen = chosen;
    }

    ChosenPassword chosen() {
        return chosen;
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "NewPassword[…]";
    }
}
