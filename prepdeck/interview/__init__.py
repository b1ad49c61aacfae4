"""The mock interview: blueprint, mock, scoring and debrief."""
