-- The only clock. The test template replaces it by one with an offset; no service role may.
CREATE FUNCTION clock() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT clock_timestamp()';
COMMENT ON FUNCTION clock() IS 'What time it is, for every rule and every default.';
