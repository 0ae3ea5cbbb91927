-- Which assurance the sign-in had that a device's secret came of.
ALTER TABLE device_secret ADD COLUMN acr text COLLATE "C";
