"""What the reviews say: streak, heat, forecast."""
