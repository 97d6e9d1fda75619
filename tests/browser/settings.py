"""The settings of a stage: production's, with people let in by password alone, as in the demo.

What staff and new devices are asked for is tested in tests/accounts/web/test_second_step.py.
"""

from deploy.settings import *  # noqa: F403

SECOND_STEP = False
