# SPDX-License-Identifier: Apache-2.0
"""The SDK 1.30 client (handshake revisions) behind the small interface the drivers share with peer2.py.

Every answer is given as it stood on the wire: plain JSON values, members the peer did not send left out.
"""

import warnings
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import anyio
import mcp.types as types
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.exceptions import McpError
from pydantic import AnyUrl

from ears import Ears
from report import RPCError

warnings.filterwarnings("ignore", category=DeprecationWarning)
MODES = ("legacy",)
TIMEOUT_SECONDS = 30
CHANGES = {
    "notifications/tools/list_changed": "tools",
    "notifications/prompts/list_changed": "prompts",
    "notifications/resources/list_changed": "resources",
}
LISTS = {"tools": "list_tools", "prompts": "list_prompts", "resources": "list_resources"}


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Peer:
    """One open connection."""

    modern = False
    requests_from_server = True

    def __init__(self, session: ClientSession, opened: types.InitializeResult, ears: Ears) -> None:
        self._session, self.ears = session, ears
        self.version = opened.protocolVersion
        self.server = opened.serverInfo.name
        self.opened = wire(opened)

    async def capabilities(self) -> dict:
        return self.opened["capabilities"]

    async def call(self, name: str, arguments: dict, progress=None) -> dict:
        """The result of tools/call; `progress` is called with (progress, total, message)."""
        return await self._ask(self._session.call_tool(name, arguments, progress_callback=progress))

    async def cancel_after_progress(self, name: str, arguments: dict) -> None:
        """Starts a call and cancels it at its first sign of progress."""
        identifier = self._session._request_id  # this SDK does not tell the id it is about to use
        async with anyio.create_task_group() as tasks:

            async def cancel(*_) -> None:
                params = types.CancelledNotificationParams(requestId=identifier, reason="no longer wanted")
                notification = types.CancelledNotification(params=params)
                await self._session.send_notification(types.ClientNotification(notification))
                tasks.cancel_scope.cancel()

            await self._session.call_tool(name, arguments, progress_callback=cancel)

    async def list_tools(self) -> list:
        return await self.every("tools")

    async def list_prompts(self) -> list:
        return await self.every("prompts")

    async def list_resources(self) -> list:
        return await self.every("resources")

    async def list_templates(self) -> list:
        return await self.every("resourceTemplates")

    async def every(self, what: str) -> list:
        """Every page's items."""
        items, cursor = [], None
        while True:
            answer = await self.page(what, cursor)
            items += answer[what]
            cursor = answer.get("nextCursor")
            if cursor is None:
                return items

    async def page(self, what: str, cursor: str | None) -> dict:
        """One page of a list, as the result's own members."""
        ask = getattr(self._session, LISTS.get(what, "list_resource_templates"))
        return await self._ask(ask(params=types.PaginatedRequestParams(cursor=cursor)))

    async def get_prompt(self, name: str, arguments: dict) -> dict:
        return await self._ask(self._session.get_prompt(name, arguments))

    async def read_resource(self, uri: str) -> dict:
        return await self._ask(self._session.read_resource(AnyUrl(uri)))

    async def complete(self, ref: dict, name: str, value: str) -> dict:
        """completion/complete; `ref` has "name" for a prompt or "uri" for a template."""
        if "name" in ref:
            target = types.PromptReference(type="ref/prompt", name=ref["name"])
        else:
            target = types.ResourceTemplateReference(type="ref/resource", uri=ref["uri"])
        return await self._ask(self._session.complete(target, {"name": name, "value": value}))

    async def ping(self) -> dict:
        return await self._ask(self._session.send_ping())

    async def set_level(self, level: str) -> dict:
        return await self._ask(self._session.set_logging_level(level))

    @asynccontextmanager
    async def watch(self, uris: list[str]):
        """Hears of these resources' changes, and of changed lists, as `ears.next_change()` tells."""
        for uri in uris:
            await self._ask(self._session.subscribe_resource(AnyUrl(uri)))
        yield
        for uri in uris:
            await self._ask(self._session.unsubscribe_resource(AnyUrl(uri)))

    async def call_as_task(self, name: str, arguments: dict) -> dict:
        """A tool called as a task of 2025-11-25: its CreateTaskResult."""
        return await self._ask(self._session.experimental.call_tool_as_task(name, arguments))

    async def task(self, verb: str, identifier: str) -> dict:
        """tasks/get, tasks/result or tasks/cancel."""
        tasks = self._session.experimental
        if verb == "get":
            return await self._ask(tasks.get_task(identifier))
        if verb == "result":
            return await self._ask(tasks.get_task_result(identifier, types.CallToolResult))
        return await self._ask(tasks.cancel_task(identifier))

    async def tasks(self) -> list:
        return (await self._ask(self._session.experimental.list_tasks()))["tasks"]

    @staticmethod
    async def _ask(request) -> dict:
        try:
            return wire(await request)
        except McpError as error:
            raise RPCError(error.error.code, error.error.message, error.error.data) from None


def callbacks(ears: Ears) -> dict:
    """The SDK's callbacks, which ask the ears."""

    async def sampling(_, params):
        return types.CreateMessageResult.model_validate(ears.answer("sampling/createMessage", wire(params)))

    async def elicitation(_, params):
        return types.ElicitResult.model_validate(ears.answer("elicitation/create", wire(params)))

    async def roots(_):
        return types.ListRootsResult.model_validate(ears.answer("roots/list", {}))

    async def logging(params):
        ears.log(wire(params))

    async def message(incoming):
        if isinstance(incoming, types.ServerNotification):
            heard = wire(incoming)
            if heard["method"] in CHANGES:
                ears.change(CHANGES[heard["method"]])
            elif heard["method"] == "notifications/resources/updated":
                ears.change("updated", heard["params"]["uri"])

    return {
        "sampling_callback": sampling,
        "elicitation_callback": elicitation,
        "list_roots_callback": roots,
        "logging_callback": logging,
        "message_handler": message,
    }


@asynccontextmanager
async def connect(target: list[str] | str, mode: str | None = None, headers: dict | None = None, ears=None):
    """Starts the command, or goes to the URL; opens a connection with initialize; closes both at the end.

    With `ears`, the client declares sampling, elicitation and roots and answers by them; without, it declares nothing.
    """
    if mode not in (None, *MODES):
        raise ValueError(f"SDK 1.30 knows no mode {mode!r}")
    timeout = timedelta(seconds=TIMEOUT_SECONDS)
    async with AsyncExitStack() as stack:
        if isinstance(target, str):
            client = await stack.enter_async_context(create_mcp_http_client(headers=headers))
            streams = (await stack.enter_async_context(streamable_http_client(target, http_client=client)))[:2]
        else:
            server = StdioServerParameters(command=target[0], args=target[1:])
            streams = await stack.enter_async_context(stdio_client(server))
        more = callbacks(ears) if ears else {}
        session = await stack.enter_async_context(ClientSession(*streams, read_timeout_seconds=timeout, **more))
        yield Peer(session, await session.initialize(), ears or Ears())
