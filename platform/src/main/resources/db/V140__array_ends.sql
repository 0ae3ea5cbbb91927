-- The least and the greatest of an array's values, for indexes: some value is after a text or a number exactly if the greatest is,
-- and before it if the least is. What is no text, or no number, does not count, nor does an empty text; a value that is no array
-- counts as its only one. Of texts these are the first 200 characters, which decide the same (DocumentAttribute).
CREATE FUNCTION ostiary_least_text(several jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT min(left(e.v #>> '{}', 200) COLLATE "C")
            FROM jsonb_path_query(several, '$[*]') AS e(v)
            WHERE jsonb_typeof(e.v) = 'string' AND e.v <> '""');

CREATE FUNCTION ostiary_greatest_text(several jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT max(left(e.v #>> '{}', 200) COLLATE "C")
            FROM jsonb_path_query(several, '$[*]') AS e(v)
            WHERE jsonb_typeof(e.v) = 'string' AND e.v <> '""');

CREATE FUNCTION ostiary_least_number(several jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT min(CASE WHEN jsonb_typeof(e.v) = 'number' THEN (e.v #>> '{}')::numeric END)
            FROM jsonb_path_query(several, '$[*]') AS e(v));

CREATE FUNCTION ostiary_greatest_number(several jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT max(CASE WHEN jsonb_typeof(e.v) = 'number' THEN (e.v #>> '{}')::numeric END)
            FROM jsonb_path_query(several, '$[*]') AS e(v));
