-- Indexes of user_search that searches of large orgs have asked for. An index itself is made in the
-- background and holds the documents of one org; what of it is there stands in the catalog alone.
CREATE TABLE search_index (
    org_id bigint      NOT NULL,
    -- of the attribute in the document: names joined by dots
    place  text        COLLATE "C" NOT NULL,
    shape  text        COLLATE "C" NOT NULL CHECK (shape IN ('NUMBERS', 'TEXTS', 'PRESENT', 'ABSENT')),
    -- last, within minutes: what nobody asks for any more goes
    asked  timestamptz NOT NULL,
    PRIMARY KEY (org_id, place, shape)
);

SELECT ostiary_wall('search_index');
