"""By which ways somebody is reached: devices and numbers, the same for patients and staff."""
