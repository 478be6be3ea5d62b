"""The charts of the pages: SVG that needs nothing beside it, in the colours of the page, each mark a link."""
