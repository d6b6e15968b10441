"""The things of the assembly: people, workshops, activities, ideas, themes, messages, the journal."""
