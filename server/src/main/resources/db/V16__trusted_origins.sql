-- Trusted origins are documents; in an org, a name (without case) and an origin (as browsers write
-- it) stand once. The keys are made by the program.
CREATE UNIQUE INDEX trusted_origin_name ON document (org_id, (body ->> 'nameKey'))
    WHERE kind = 'trustedOrigin';
CREATE UNIQUE INDEX trusted_origin_origin ON document (org_id, (body ->> 'originKey'))
    WHERE kind = 'trustedOrigin';
