"""Paper: a page written as a small template, drawn as a PDF. For patients and clinicians alike."""
