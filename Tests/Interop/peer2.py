# SPDX-License-Identifier: Apache-2.0
"""The SDK 2.3 client (both eras) behind the small interface the drivers share with peer1.py.

Every answer is given as it stood on the wire: plain JSON values, members the peer did not send left out.
Modes: auto (server/discover, then initialize if need be), legacy (initialize), 2026-07-28 (neither).
"""

import warnings
from contextlib import AsyncExitStack, asynccontextmanager

import anyio
import mcp.types as types
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.exceptions import MCPDeprecationWarning, MCPError
from mcp.shared.subscriptions import PromptsListChanged, ResourcesListChanged, ResourceUpdated, ToolsListChanged

from ears import Ears
from report import RPCError

warnings.filterwarnings("ignore", category=MCPDeprecationWarning)
MODES = ("auto", "legacy", "2026-07-28")
MODERN = "2026-07-28"
TIMEOUT_SECONDS = 30
LISTS = {"tools": "list_tools", "prompts": "list_prompts", "resources": "list_resources"}
CHANGES = {ToolsListChanged: "tools", PromptsListChanged: "prompts", ResourcesListChanged: "resources"}
CHANGED = {
    "notifications/tools/list_changed": "tools",
    "notifications/prompts/list_changed": "prompts",
    "notifications/resources/list_changed": "resources",
}


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Peer:
    """One open connection."""

    def __init__(self, client: Client, mode: str, ears: Ears) -> None:
        self._client, self.ears = client, ears
        self._pinned = mode not in ("auto", "legacy")
        self.version = client.protocol_version
        self.modern = self.version == MODERN
        self.requests_from_server = not self.modern
        self.server = client.server_info.name if client.server_info else ""
        found = client.session.discover_result if self.modern else client.session.initialize_result
        self.opened = wire(found) if found and not self._pinned else {}

    async def capabilities(self) -> dict:
        """What the server says it can do; a pinned client was told nothing when it connected, so it asks."""
        if self._pinned:
            return (await self._client.session.send_discover(self.version))["capabilities"]
        return wire(self._client.server_capabilities)

    async def discover(self) -> dict:
        """The raw result of server/discover."""
        return await self._client.session.send_discover(self.version)

    async def call(self, name: str, arguments: dict, progress=None) -> dict:
        """The result of tools/call; `progress` is called with (progress, total, message)."""
        return await self._ask(self._client.call_tool(name, arguments, progress_callback=progress))

    async def call_once(self, name: str, arguments: dict, responses: dict | None = None, state: str | None = None):
        """One round of tools/call, which may be input_required: nothing is answered by itself."""
        call = self._client.session.call_tool(
            name,
            arguments,
            input_responses={key: as_response(value) for key, value in (responses or {}).items()} or None,
            request_state=state,
            allow_input_required=True,
        )
        return await self._ask(call)

    async def cancel_after_progress(self, name: str, arguments: dict) -> None:
        """Starts a call and abandons it at its first sign of progress; the SDK then sends the cancellation."""
        async with anyio.create_task_group() as tasks:

            async def cancel(*_) -> None:
                tasks.cancel_scope.cancel()

            await self._client.call_tool(name, arguments, progress_callback=cancel)

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
        ask = getattr(self._client, LISTS.get(what, "list_resource_templates"))
        return await self._ask(ask(cursor=cursor, cache_mode="bypass"))

    async def get_prompt(self, name: str, arguments: dict) -> dict:
        return await self._ask(self._client.get_prompt(name, arguments))

    async def read_resource(self, uri: str) -> dict:
        return await self._ask(self._client.read_resource(uri, cache_mode="bypass"))

    async def complete(self, ref: dict, name: str, value: str) -> dict:
        """completion/complete; `ref` has "name" for a prompt or "uri" for a template."""
        if "name" in ref:
            target = types.PromptReference(type="ref/prompt", name=ref["name"])
        else:
            target = types.ResourceTemplateReference(type="ref/resource", uri=ref["uri"])
        return await self._ask(self._client.complete(target, {"name": name, "value": value}))

    async def ping(self) -> dict:
        return await self._ask(self._client.send_ping())

    async def set_level(self, level: str) -> dict:
        return await self._ask(self._client.set_logging_level(level))

    @asynccontextmanager
    async def watch(self, uris: list[str]):
        """Hears of these resources' changes, and of changed lists, as `ears.next_change()` tells."""
        if not self.modern:
            for uri in uris:
                await self._ask(self._client.subscribe_resource(uri))
            yield
            for uri in uris:
                await self._ask(self._client.unsubscribe_resource(uri))
            return
        self.ears.listens = True  # the message handler hears these events as well
        kinds = dict.fromkeys(("tools_list_changed", "prompts_list_changed", "resources_list_changed"), True)
        async with self._client.listen(**kinds, resource_subscriptions=uris) as events, anyio.create_task_group() as tg:

            async def hear() -> None:
                async for event in events:
                    if isinstance(event, ResourceUpdated):
                        self.ears.change("updated", event.uri)
                    else:
                        self.ears.change(CHANGES[type(event)])

            tg.start_soon(hear)
            yield
            tg.cancel_scope.cancel()

    @staticmethod
    async def _ask(request) -> dict:
        try:
            return wire(await request)
        except MCPError as error:
            raise RPCError(error.code, error.message, error.data) from None


def as_response(answer: dict):
    """An answer in wire form as the SDK's type."""
    if "roots" in answer:
        return types.ListRootsResult.model_validate(answer)
    if "model" in answer:
        return types.CreateMessageResult.model_validate(answer)
    return types.ElicitResult.model_validate(answer)


def callbacks(ears: Ears) -> dict:
    """The SDK's callbacks, which ask the ears."""

    async def sampling(_, params):
        return as_response(ears.answer("sampling/createMessage", wire(params)))

    async def elicitation(_, params):
        return as_response(ears.answer("elicitation/create", wire(params)))

    async def roots(_):
        return as_response(ears.answer("roots/list", {}))

    async def logging(params):
        ears.log(wire(params))

    async def message(incoming):
        heard = wire(incoming) if hasattr(incoming, "method") else {}
        if heard.get("method") in CHANGED and not ears.listens:
            ears.change(CHANGED[heard["method"]])
        elif heard.get("method") == "notifications/resources/updated" and not ears.listens:
            ears.change("updated", heard["params"]["uri"])

    return {
        "sampling_callback": sampling,
        "elicitation_callback": elicitation,
        "list_roots_callback": roots,
        "logging_callback": logging,
        "message_handler": message,
        "log_level": "info",
    }


@asynccontextmanager
async def connect(target: list[str] | str, mode: str | None = None, headers: dict | None = None, ears=None):
    """Starts the command, or goes to the URL; opens a connection in the given mode (default auto); closes both.

    With `ears`, the client declares sampling, elicitation and roots and answers by them; without, it declares nothing.
    """
    mode = mode or "auto"
    async with AsyncExitStack() as stack:
        if isinstance(target, str):
            http = await stack.enter_async_context(create_mcp_http_client(headers=headers))
            server = streamable_http_client(target, http_client=http)
        else:
            server = StdioServerParameters(command=target[0], args=target[1:])
        more = callbacks(ears) if ears else {}
        client = await stack.enter_async_context(
            Client(server, mode=mode, read_timeout_seconds=TIMEOUT_SECONDS, **more)
        )
        yield Peer(client, mode, ears or Ears())
