"""The feed of what was made public. Says no more than the pages it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from mujun.web.queries.public.record import Entry, all_entries

_MOST = 30


class PublicFeed(Feed[Entry, None]):
    """The last first."""

    feed_type = Atom1Feed
    title = "亩均效益领跑者：公示和印发"
    subtitle = "公示、印发的名单和更正"
    language = "zh-CN"

    def link(self) -> str:
        return reverse("record")

    def feed_url(self) -> str:
        return reverse("feed")

    def get_object(self, request: HttpRequest, *args: Any, **more: Any) -> None:
        self.now: datetime = request.now  # type: ignore[attr-defined]

    def items(self) -> list[Entry]:
        found = [one for _, entries in all_entries(self.now) for one in entries]
        return sorted(found, key=lambda one: one.at, reverse=True)[:_MOST]

    def item_title(self, item: Entry) -> str:
        return f"{item.kind}：{item.source.round.title}（{item.label}）"

    def item_description(self, item: Entry) -> str:
        parts = "，".join(f"{one.title}{one.count}" for one in item.lists)
        return f"共{item.count}个：{parts}。校验码（SHA-256）{item.code}"

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at
