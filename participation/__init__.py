"""The rules of participation: people, workshops, activities, answers, ideas, themes. No technology in here."""
