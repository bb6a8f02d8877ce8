"""`frontdoor serve`: start the bot, the actions and the gateway, watch them, stop them."""
