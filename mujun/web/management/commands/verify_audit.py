"""`manage.py verify_audit`: is the record whole, to the last event noted outside?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mujun.web.models import AuditEvent
from mujun.web.queries.audit import verify_record


class Command(BaseCommand):
    help = "核验审计记录：逐条重算指纹，首尾相接，末尾没有被截去"

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verify_record()
        if findings:
            raise CommandError("\n".join(f"{one.message}{one.mend}" for one in findings))
        last = AuditEvent.objects.order_by("-seq").first()
        if last is None:
            self.stdout.write("还没有任何记录。")
            return
        self.stdout.write(f"完好：{last.seq}条首尾相接。末条SHA-256 {last.sha256}，SM3 {last.sm3}")
