"""Emergency access: the clinician who opens a record, and the admin who looks at it afterwards."""
