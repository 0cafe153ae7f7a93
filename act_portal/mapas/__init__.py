"""Maps drawn by the portal itself: coordinates of the territory in, SVG out. No tiles, no outlines from elsewhere."""
