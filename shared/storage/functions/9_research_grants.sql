-- Research begins with the verdict of a row, whoever gives it; the rest is intake's.

GRANT EXECUTE ON FUNCTION research_end(bigint, timestamptz) TO leadmill_intake;
GRANT INSERT ON research TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher;
GRANT UPDATE ON research TO leadmill_intake;
