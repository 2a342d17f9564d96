from hypothesis import settings

# A machine that serves a class is busy: time is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
