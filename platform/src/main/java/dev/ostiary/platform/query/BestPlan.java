package dev.ostiary.platform.query;

/**
 * What the best way to a page of a search depends on, where the page is in the order of the ids, or
 * a range in its own. Planning a search takes longer than finding one row, so a plan that is the
 * best for every value is worth keeping; one that is not would be ruinous for some.
 */
public enum BestPlan {
    /** On what is looked for: few are gathered and sorted, many are met on the way of the ids. */
    FOR_VALUES,

    /**
     * On the org alone: an index on demand gives what is found in the order of the page, however
     * much it is. Such an index holds one org, whose number has to stand in the statement's text.
     */
    FOR_ORG,

    /** On nothing: so does an index that the table always has. */
    FOR_ALL
}
