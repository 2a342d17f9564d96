"""Release assignments: the source notebook without keys, checked against its questions."""
