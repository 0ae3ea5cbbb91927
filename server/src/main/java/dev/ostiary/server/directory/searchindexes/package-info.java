/**
 * Indexes of search documents, users' and groups', that searches ask for: ranges and orders of
 * attributes that have no index of their own, ranges in arrays, values that very many have,
 * beginnings and ends of few letters, and who lacks an attribute, in orgs of more than 50 000 users
 * or groups.
 *
 * <p>A search that could take such an index says so. In the background somebody then looks whether
 * the org is large enough, writes down what was asked for, and builds it; each index holds one
 * org's documents. What nobody has asked for in two months goes, and so does what was of an
 * attribute that is removed.
 *
 * <p>Boundary: knows documents, and neither users nor groups nor schemas. Searches find the same
 * with and without an index.
 */
@NullMarked
package dev.ostiary.server.directory.searchindexes;

import org.jspecify.annotations.NullMarked;
