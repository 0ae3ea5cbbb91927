package dev.ostiary.server.live;

/** Words of others on a terminal: nothing in them may move its cursor or hide what is there. */
final class Said {

    private Said() {}

    /** The text without control and format characters. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(
                        each ->
                                Character.isISOControl(each)
                                                || Character.getType(each) == Character.FORMAT
                                        ? '?'
                                        : each)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
