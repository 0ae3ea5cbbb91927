package dev.ostiary.platform.http;

import java.util.Optional;

/** One room of the Pipeline. Steps never call each other; they return to the Pipeline. */
interface Step {

    /**
     * Does its part.
     *
     * @return the final answer, if the request ends here; empty to go on
     * @throws dev.ostiary.platform.problem.ApiException if the request ends here with an error
     */
    Optional<Reply> run(Exchange exchange);
}
