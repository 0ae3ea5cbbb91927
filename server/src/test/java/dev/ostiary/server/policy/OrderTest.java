package dev.ostiary.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The order of priorities")
class OrderTest {

    @Test
    @DisplayName("one that is put at a priority moves those from there on down, and no others")
    void shifts() {
        List<String> others = List.of("a", "b", "c");

        assertThat(Order.with(others, "x", Optional.of(1), 1)).containsExactly("x", "a", "b", "c");
        assertThat(Order.with(others, "x", Optional.of(2), 1)).containsExactly("a", "x", "b", "c");
        assertThat(Order.with(others, "x", Optional.of(2), 0)).containsExactly("a", "b", "x", "c");
        assertThat(Order.with(others, "x", Optional.empty(), 1))
                .containsExactly("a", "b", "c", "x");
    }

    @Test
    @DisplayName("a priority beyond either end is that end")
    void beyond() {
        List<String> others = List.of("a", "b");

        assertThat(Order.with(others, "x", Optional.of(99), 1)).containsExactly("a", "b", "x");
        assertThat(Order.with(others, "x", Optional.of(-7), 1)).containsExactly("x", "a", "b");
        assertThat(Order.with(others, "x", Optional.of(Integer.MAX_VALUE), 0))
                .containsExactly("a", "b", "x");
        assertThat(Order.with(others, "x", Optional.of(Integer.MIN_VALUE), 1))
                .containsExactly("x", "a", "b");
        assertThat(Order.with(List.<String>of(), "x", Optional.of(5), 1)).containsExactly("x");
    }

    @Test
    @DisplayName(
            "P39 whatever is put in, moved and taken out: everything is there once, the rest keeps its order")
    void holds() {
        Random random = new Random(20260101);
        List<Integer> order = new ArrayList<>();
        int next = 0;
        for (int step = 0; step < 5000; step++) {
            List<Integer> before = List.copyOf(order);
            Optional<Integer> priority =
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(random.nextInt(40) - 10);
            int one = random.nextInt(3) == 0 || order.isEmpty() ? next++ : pick(order, random);
            List<Integer> others = Order.without(before, one);
            List<Integer> after =
                    random.nextInt(4) == 0 ? others : Order.with(others, one, priority, 1);
            if (after.contains(one) && priority.isPresent()) {
                assertThat(after.indexOf(one))
                        .isEqualTo(Math.clamp(priority.get() - 1, 0, others.size()));
            }
            assertThat(after).doesNotHaveDuplicates();
            assertThat(Order.without(after, one)).isEqualTo(others);
            order = new ArrayList<>(after);
        }
    }

    private static int pick(List<Integer> order, Random random) {
        return order.get(random.nextInt(order.size()));
    }
}
