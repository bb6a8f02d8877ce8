"""The domain: what a person says becomes facts, facts meet cited thresholds, a person decides.

Pure Python. Clock, storage and policy are passed in; nothing here knows Rasa, SQL or HTTP.
"""
