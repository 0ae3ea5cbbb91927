package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.text.Phrase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The questions that the API knows (Factors, "Built-in question keys"), as pages ask them. */
public enum Question {
    DISLIKED_FOOD(Phrase.QUESTION_FOOD),
    NAME_OF_FIRST_PLUSH_TOY(Phrase.QUESTION_PLUSH),
    FIRST_AWARD(Phrase.QUESTION_AWARD),
    FAVORITE_SECURITY_QUESTION(Phrase.QUESTION_SECURITY),
    FAVORITE_TOY(Phrase.QUESTION_TOY),
    FIRST_COMPUTER_GAME(Phrase.QUESTION_GAME),
    FAVORITE_MOVIE_QUOTE(Phrase.QUESTION_QUOTE),
    FIRST_SPORTS_TEAM_MASCOT(Phrase.QUESTION_MASCOT),
    FIRST_MUSIC_PURCHASE(Phrase.QUESTION_MUSIC),
    FAVORITE_ART_PIECE(Phrase.QUESTION_ART),
    GRANDMOTHER_FAVORITE_DESERT(Phrase.QUESTION_DESSERT),
    FIRST_THING_COOKED(Phrase.QUESTION_COOKED),
    CHILDHOOD_DREAM_JOB(Phrase.QUESTION_JOB),
    FIRST_KISS_LOCATION(Phrase.QUESTION_KISS),
    PLACE_WHERE_SIGNIFICANT_OTHER_WAS_MET(Phrase.QUESTION_PARTNER),
    FAVORITE_VACATION_LOCATION(Phrase.QUESTION_VACATION),
    NEW_YEARS_TWO_THOUSAND(Phrase.QUESTION_NEW_YEAR),
    FAVORITE_SPEAKER_ACTOR(Phrase.QUESTION_SPEAKER),
    FAVORITE_BOOK_MOVIE_CHARACTER(Phrase.QUESTION_CHARACTER),
    FAVORITE_SPORTS_PLAYER(Phrase.QUESTION_PLAYER);

    private final Phrase phrase;

    Question(Phrase phrase) {
        this.phrase = phrase;
    }

    /** As the API calls it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it says. */
    public Phrase phrase() {
        return phrase;
    }

    /** The question of a key. */
    public static Optional<Question> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
