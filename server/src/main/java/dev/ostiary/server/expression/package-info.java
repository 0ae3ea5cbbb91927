/**
 * The Okta Expression Language: from a text to a value, by way of a {@linkplain
 * dev.ostiary.server.expression.Syntax syntax tree}, a check of its types against a {@linkplain
 * dev.ostiary.server.expression.Scope scope}, and an {@linkplain
 * dev.ostiary.server.expression.Evaluator evaluator}. Whoever has expressions calls {@link
 * dev.ostiary.server.expression.Expression#compile} once and evaluates the result as often as it
 * likes, in any thread. The language is described in {@code docs/expression-language.md}.
 *
 * <p>Boundary: knows no family, no database and no HTTP. What a name stands for is given as a
 * scope, what it has for somebody as {@link dev.ostiary.server.expression.Facts}. Nothing in it can
 * run code: there are the functions that {@link dev.ostiary.server.expression.Function} permits,
 * and no way to another.
 */
@NullMarked
package dev.ostiary.server.expression;

import org.jspecify.annotations.NullMarked;
