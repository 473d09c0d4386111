"""What the database remembers: decisions, and where the bytes are. Decides nothing."""

from mujun.web.models.lists import AdoptedDocument, Nomination, NominationItem
from mujun.web.models.meetings import Conflict, DuplicateResolved, Item, Meeting
from mujun.web.models.notices import Ground, NoticeExtension, Objection, PublicNotice, Question
from mujun.web.models.people import Account, ActivationCode, Person, RoleGrant
from mujun.web.models.plans import Plan
from mujun.web.models.publications import Publication, PublishedItem
from mujun.web.models.record import ActDone, AuditEvent, Message, OnceKey, Proposal
from mujun.web.models.rounds import CalendarEntry, DocumentNumber, Round, Track
from mujun.web.models.runs import Rating, Run, RunUnit
from mujun.web.models.second_factors import RecoveryCode, SecondFactor
from mujun.web.models.tallies import Tally
from mujun.web.models.uploads import Upload
from mujun.web.models.values import Dispute, FormDue, ValueSet

__all__ = [
    "Account",
    "ActDone",
    "ActivationCode",
    "AdoptedDocument",
    "AuditEvent",
    "CalendarEntry",
    "Conflict",
    "Dispute",
    "DocumentNumber",
    "DuplicateResolved",
    "FormDue",
    "Ground",
    "Item",
    "Meeting",
    "Message",
    "Nomination",
    "NominationItem",
    "NoticeExtension",
    "Objection",
    "OnceKey",
    "Person",
    "Plan",
    "Proposal",
    "PublicNotice",
    "Publication",
    "PublishedItem",
    "Question",
    "Rating",
    "RecoveryCode",
    "RoleGrant",
    "Round",
    "Run",
    "RunUnit",
    "SecondFactor",
    "Tally",
    "Track",
    "Upload",
    "ValueSet",
]
