"""The history of another tool, brought in as requests of ours."""
