-- Who may touch checks of lines and the guard over them; 8_grants.sql has taken everything away before.

GRANT INSERT ON line_rule TO leadmill_dispatcher;
GRANT UPDATE ON line_check TO leadmill_dispatcher, leadmill_cleaner;
GRANT INSERT, UPDATE ON line_hold TO leadmill_dispatcher, leadmill_cleaner, leadmill_clock;
