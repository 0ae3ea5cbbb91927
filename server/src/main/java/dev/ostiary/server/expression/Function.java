package dev.ostiary.server.expression;

import java.util.List;

/** What an expression can call: these and nothing else. */
sealed interface Function
        permits ArrayFunction,
                ConversionFunction,
                CountryFunction,
                GroupFunction,
                MomentFunction,
                PersonFunction,
                TextFunction,
                TimeFunction {

    /** How it is written, and what it takes and gives. */
    Definition definition();

    /**
     * What a function is called by.
     *
     * @param family which of the documentation's tables it stands in
     */
    record Definition(Spelling spelling, Signature signature, Family family) {}

    default Spelling spelling() {
        return definition().spelling();
    }

    default Signature signature() {
        return definition().signature();
    }

    default Family family() {
        return definition().family();
    }

    /** How a function is written. */
    record Spelling(List<String> names, List<Method> methods) {

        /** As a function of one name. */
        static Spelling of(String... names) {
            return new Spelling(List.of(names), List.of());
        }

        /** Also as a method of a value, which is then its first argument. */
        Spelling or(Signature.Want of, String name) {
            return new Spelling(names, List.of(new Method(of, name)));
        }

        /** As a method only. */
        static Spelling method(Signature.Want of, String name) {
            return new Spelling(List.of(), List.of(new Method(of, name)));
        }

        String shown() {
            return names.isEmpty() ? methods.getFirst().name() : names.getFirst();
        }
    }

    /** A name behind a dot. */
    record Method(Signature.Want of, String name) {}

    /** Functions that are allowed or not as one. */
    enum Family {
        STRING,
        ARRAY,
        CONVERSION,
        COUNTRY,
        TIME,
        GROUP,
        GROUP_CLAIM,
        USER,
        LINKED_OBJECT,
        RELATIVE,
        DIRECTORY
    }
}
