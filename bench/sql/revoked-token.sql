-- Whether a token was revoked: what introspection asks, beside the client and its secret.
\set n random(1, 1000000)
SELECT 1 AS one FROM revoked_token WHERE org_id = :org AND hash = decode(md5(:n::text), 'hex');
