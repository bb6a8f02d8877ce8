"""The dated rules of each authority (`packs/`), the vocabulary they share (`facts.yml`) and the engine that reads them."""
