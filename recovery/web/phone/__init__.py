"""The phone app: its manifest, its worker, and the page that stands in when nothing can be reached."""
