package dev.ostiary.server.signin.factors;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The questions that there are (Factors, "Built-in question keys"), in the documented order. */
enum SecurityQuestion {
    DISLIKED_FOOD("What is the food you least liked as a child?"),
    NAME_OF_FIRST_PLUSH_TOY("What is the name of your first stuffed animal?"),
    FIRST_AWARD("What did you earn your first medal or award for?"),
    FAVORITE_SECURITY_QUESTION("What is your favorite security question?"),
    FAVORITE_TOY("What is the toy/stuffed animal you liked the most as a kid?"),
    FIRST_COMPUTER_GAME("What was the first computer game you played?"),
    FAVORITE_MOVIE_QUOTE("What is your favorite movie quote?"),
    FIRST_SPORTS_TEAM_MASCOT("What was the mascot of the first sports team you played on?"),
    FIRST_MUSIC_PURCHASE("What music album or song did you first purchase?"),
    FAVORITE_ART_PIECE("What is your favorite piece of art?"),
    GRANDMOTHER_FAVORITE_DESERT("What was your grandmother's favorite dessert?"),
    FIRST_THING_COOKED("What was the first thing you learned to cook?"),
    CHILDHOOD_DREAM_JOB("What was your dream job as a child?"),
    FIRST_KISS_LOCATION("Where did you have your first kiss?"),
    PLACE_WHERE_SIGNIFICANT_OTHER_WAS_MET("Where did you meet your spouse/significant other?"),
    FAVORITE_VACATION_LOCATION("Where did you go for your favorite vacation?"),
    NEW_YEARS_TWO_THOUSAND("Where were you on New Year's Eve in the year 2000?"),
    FAVORITE_SPEAKER_ACTOR("Who is your favorite speaker/orator?"),
    FAVORITE_BOOK_MOVIE_CHARACTER("Who is your favorite book/movie character?"),
    FAVORITE_SPORTS_PLAYER("Who is your favorite sports player?");

    private final String text;

    SecurityQuestion(String text) {
        this.text = text;
    }

    /** The question of a key. */
    static Optional<SecurityQuestion> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return text;
    }
}
