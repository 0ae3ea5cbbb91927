-- Apps that everybody may use without being assigned (settings.implicitAssignment of apps of the org's own).
ALTER TABLE app ADD COLUMN for_everyone boolean NOT NULL DEFAULT false;

UPDATE app SET for_everyone = true
WHERE (body::jsonb #>> '{settings,implicitAssignment}') = 'true'
  AND ((sign_on_mode = 'SAML_2_0' AND custom)
    OR (name = 'oidc_client'
      AND coalesce(body::jsonb #>> '{settings,oauthClient,application_type}', '') <> 'service'));
