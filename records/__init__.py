"""Where requests are kept: tables, repositories, unit of work, audit chain. Rows never leave this room."""
