-- Indexes on demand of ranges in arrays, by the functions of V140; and all of them of groups, too.
ALTER TABLE search_index DROP CONSTRAINT search_index_shape;

ALTER TABLE search_index ADD CONSTRAINT search_index_shape
    CHECK (shape IN ('NUMBERS', 'TEXTS', 'ENDINGS', 'PARTS', 'LEAST_TEXTS', 'GREATEST_TEXTS', 'LEAST_NUMBERS', 'GREATEST_NUMBERS',
        'PRESENT', 'ABSENT', 'SOME', 'NONE'));

-- As search_index, of group_search. A table of its own, so that nodes of the build before, which know users alone, are not misled.
CREATE TABLE group_search_index (
    org_id bigint      NOT NULL,
    place  text        COLLATE "C" NOT NULL,
    shape  text        COLLATE "C" NOT NULL,
    asked  timestamptz NOT NULL,
    PRIMARY KEY (org_id, place, shape),
    CONSTRAINT group_search_index_shape
        CHECK (shape IN ('NUMBERS', 'TEXTS', 'ENDINGS', 'PARTS', 'LEAST_TEXTS', 'GREATEST_TEXTS', 'LEAST_NUMBERS',
            'GREATEST_NUMBERS', 'PRESENT', 'ABSENT', 'SOME', 'NONE'))
);

SELECT ostiary_wall('group_search_index');

-- Groups of a type and of a source stand in no document: they have indexes in every org, in the order of pages.
CREATE INDEX group_search_type ON group_search (org_id, (lower(type) COLLATE "C"), id);

CREATE INDEX group_search_source ON group_search (org_id, source_id, id) WHERE source_id IS NOT NULL;

-- As V111 for users.
ALTER TABLE group_search ALTER COLUMN doc SET STATISTICS 400, ALTER COLUMN words SET STATISTICS 300;
