-- What the dispatcher may touch of how selling is organised.

GRANT INSERT, UPDATE ON stage, absence, action TO leadmill_dispatcher;
GRANT INSERT ON action_item TO leadmill_dispatcher;
