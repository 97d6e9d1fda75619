"""The page on which admins see whether reminders and warnings leave."""
