# The bot's own data, checked the way Rasa would; and what a turn costs.
.PHONY: rasa-check bench-turns

rasa-check: setup ## Check the bot's domain, rules, stories and examples
	@$(STEP) "Dialogue data" .venv-bot/bin/python -m bot.launch validate

bench-turns: setup ## What a turn costs, against a stock Rasa bot in the same run
	@.venv/bin/python -m benchmarks.turns
