package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of something that has a place in an order: the priority, counted from 1.
 * Priorities never have holes: a place beyond the end is the end, and what stands behind a place
 * that is taken moves on. Immutable.
 *
 * @param terms what it says of the thing itself
 */
record Placed<T>(T terms, Optional<Status> status, Optional<Integer> priority) {

    private record Head(Optional<Status> status, Optional<Integer> priority) {

        private static Shape<Head> shape(String wireType) {
            Shape.Builder<Head> shape = Shape.of("policy");
            shape.field("type", Type.TEXT, head -> wireType)
                    .must(wireType::equals, "must be '" + wireType + "'");
            Field<Head, Status> status =
                    shape.field(
                            "status", new Word<>(Status.class), head -> head.status().orElse(null));
            Field<Head, Integer> priority =
                    shape.field("priority", Type.INTEGER, head -> head.priority().orElse(null))
                            .must(place -> place >= 0, "must not be negative");
            return shape.build(in -> new Head(in.find(status), in.find(priority)));
        }
    }

    /** How clients say it. */
    static Schema schema(Shape<?> terms) {
        return Head.shape("").schema(Way.IN).with(terms.schema(Way.IN));
    }

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static <T> Placed<T> read(Request request, Shape<T> terms, String wireType) {
        ObjectNode body = request.object();
        Reading reading = new Reading();
        Optional<Head> head = Head.shape(wireType).read(body, Path.root("policy"), reading);
        Optional<T> said = terms.read(body, Path.root(terms.name()), reading);
        reading.finish();
        Head known = head.orElseThrow();
        return new Placed<>(said.orElseThrow(), known.status(), known.priority());
    }

    /** An order with something new in the place that it asks for, or at the end. */
    <E> List<E> put(List<E> order, E made) {
        List<E> all = new ArrayList<>(order);
        all.add(place(order.size()), made);
        return all;
    }

    /** An order in which one is another now, in the place that it asks for. */
    <E> List<E> move(List<E> order, E old, E changed) {
        if (priority.isEmpty()) {
            return swap(order, old, changed);
        }
        return put(without(order, old), changed);
    }

    private int place(int end) {
        return priority.map(asked -> Math.clamp(asked - 1, 0, end)).orElse(end);
    }

    /** An order in which one is another now, in the same place. */
    static <E> List<E> swap(List<E> order, E old, E changed) {
        return order.stream().map(each -> each.equals(old) ? changed : each).toList();
    }

    /** An order without one. */
    static <E> List<E> without(List<E> order, E gone) {
        return order.stream().filter(each -> !each.equals(gone)).toList();
    }
}
