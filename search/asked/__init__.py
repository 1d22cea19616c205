"""What people search for, counted without saying by whom, and what the coordination office makes of it."""
