-- Further shapes of indexes on demand: texts from their end on, texts by their trigrams, and who has a value in an array.
ALTER TABLE search_index DROP CONSTRAINT search_index_shape_check;

ALTER TABLE search_index ADD CONSTRAINT search_index_shape
    CHECK (shape IN ('NUMBERS', 'TEXTS', 'ENDINGS', 'PARTS', 'PRESENT', 'ABSENT', 'SOME', 'NONE'));
