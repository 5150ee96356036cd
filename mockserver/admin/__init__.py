"""The control API below `/__admin`: one file per noun, every control declared once."""
