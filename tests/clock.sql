-- Replaces the clock of a test database by one that can be moved: clock_timestamp() plus the offset of a one-row table.
CREATE TABLE leadmill.clock_offset (shift interval NOT NULL);
INSERT INTO leadmill.clock_offset VALUES ('0');
GRANT SELECT ON leadmill.clock_offset TO PUBLIC;
CREATE OR REPLACE FUNCTION leadmill.clock() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
  AS 'SELECT clock_timestamp() + shift FROM leadmill.clock_offset';
