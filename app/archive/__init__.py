"""Everything at once: backups, the whole organisation as JSON lines, and what is one person's."""
