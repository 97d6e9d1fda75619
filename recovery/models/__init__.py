"""Rows that refuse nonsense."""

from .append_only import AppendOnlyError
from .back_test import BackTest, BackTestResult, BackTestShard
from .calendar_link import CalendarLink
from .check_in import CheckIn
from .clinic_digest import ClinicDigest
from .cohort import CohortPart, CohortTrial
from .decision import Decision, Finding
from .delivery import Attempt, Delivery
from .device import Device
from .email_standing import EmailStanding
from .emergency import EmergencyAccess, EmergencyReview
from .episode import Clearance, Episode, Intake, Override, ReadinessCheck
from .escalation import Acknowledgement, Escalation, Resolution
from .exercise import Exercise, PrescribedExercise
from .follow_up import FollowUp
from .gate import GateDecision
from .handing_on import Ending, Referral
from .note import PrivateNote
from .outbox import Heartbeat, OutboxMessage
from .pause import Pause
from .phone_number import PhoneNumber
from .plan import Criterion, Phase, Plan, PlanApproval, PlanVersion, RunLevel, Threshold
from .plan_move import DueMove, PlanMove
from .reminder import Reminder, ReminderSetting
from .session_log import SessionLog
from .shortfall import Shortfall
from .staff_wish import StaffWish
from .thread import Absence, ReadMark, Thread, ThreadMessage
from .tightening import Tightening
from .workspace import Care, SavedView

__all__ = [
    "Absence",
    "Acknowledgement",
    "AppendOnlyError",
    "Attempt",
    "BackTest",
    "BackTestResult",
    "BackTestShard",
    "CalendarLink",
    "Care",
    "CheckIn",
    "Clearance",
    "ClinicDigest",
    "CohortPart",
    "CohortTrial",
    "Criterion",
    "Decision",
    "Delivery",
    "Device",
    "DueMove",
    "EmailStanding",
    "EmergencyAccess",
    "EmergencyReview",
    "Ending",
    "Episode",
    "Escalation",
    "Exercise",
    "Finding",
    "FollowUp",
    "GateDecision",
    "Heartbeat",
    "Intake",
    "OutboxMessage",
    "Override",
    "Pause",
    "Phase",
    "PhoneNumber",
    "Plan",
    "PlanApproval",
    "PlanMove",
    "PlanVersion",
    "PrescribedExercise",
    "PrivateNote",
    "ReadMark",
    "ReadinessCheck",
    "Referral",
    "Reminder",
    "ReminderSetting",
    "Resolution",
    "RunLevel",
    "SavedView",
    "SessionLog",
    "Shortfall",
    "StaffWish",
    "Thread",
    "ThreadMessage",
    "Threshold",
    "Tightening",
]
