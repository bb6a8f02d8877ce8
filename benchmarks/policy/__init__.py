"""The policy engine measured: one decision, a million replayed, the gates, and asking; against zen-engine and a plain chain of ifs.

All three read the same thresholds of one real pack: zen-engine (compiled Rust) as a decision table whose first matching row
wins, the chain of ifs as generated Python. Both give only a level, for facts that are all known. The engine also gives route,
offer, consent, reasons with clauses, what else is possible, and exact handling of the unknown. Answers are compared first.
Times are processor time of one core, so that a busy machine blurs them less.

    python -m benchmarks.policy
"""
