# Microsoft's Agents Playground, from npm, for development only: never part of the product
.PHONY: teams-test
teams-test: setup ## Hold conversations through Microsoft's Agents Playground
	@$(STEP) "Agents Playground (npm, development only)" npm install --ignore-scripts --no-save --prefix .build/playground @microsoft/m365agentsplayground@0.2.28
	@.venv/bin/python -m pytest tests/playground -q -m playground
