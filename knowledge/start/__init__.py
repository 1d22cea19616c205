"""The start page of the knowledge base: where staff begin, and what visitors see of it where it is public."""
