-- Both come with PostgreSQL and are trusted: whoever owns the database may have them. Trigrams find parts of words; btree_gin lets
-- org_id lead an inverted index.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
