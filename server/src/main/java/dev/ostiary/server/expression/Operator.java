package dev.ostiary.server.expression;

/** A comparison. */
enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    boolean isOrder() {
        return switch (this) {
            case EQUAL, UNEQUAL -> false;
            case AT_MOST, AT_LEAST, LESS, GREATER -> true;
        };
    }
}
