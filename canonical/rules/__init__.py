"""What a Table Schema and our row rules state, as small values that engines translate; no engine lives here."""
