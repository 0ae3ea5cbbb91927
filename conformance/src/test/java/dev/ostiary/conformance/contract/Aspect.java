package dev.ostiary.conformance.contract;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One promise that every operation keeps, or every one of a kind.
 *
 * @param name the promise, after the line of docs/principles.md that it belongs to
 * @param concerns which operations
 * @param test what has to be so
 */
record Aspect(String name, Predicate<Asker> concerns, Consumer<Asker> test) {}
