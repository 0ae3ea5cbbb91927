package dev.ostiary.platform.contract;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is published of an operation's requests and answers: a row of {@code contract/answers.tsv}.
 *
 * @param statuses what it answers, as published or as observed on the wire
 * @param query the names of its query parameters
 */
public record Answers(SortedSet<Integer> statuses, List<String> query) {

    /** Of an operation that the table does not have. */
    static final Answers UNKNOWN = new Answers(new TreeSet<>(), List.of());

    static Answers read(Table.Row row) {
        SortedSet<Integer> statuses = new TreeSet<>();
        words(row.get("statuses")).forEach(word -> statuses.add(Integer.valueOf(word)));
        return new Answers(statuses, words(row.get("query")));
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
