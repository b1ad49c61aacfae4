"""The database: tables, transactions, migrations; the only place that speaks SQL."""
