"""The pages: the projected screen of a room, and the organisers' desk. Plain HTML, CSS and ES modules of our own."""
