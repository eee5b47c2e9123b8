# SPDX-License-Identifier: Apache-2.0
"""The SDK 2.3 client (both eras) behind the small interface the drivers share with peer1.py.

Every answer is given as it stood on the wire: plain JSON values, members the peer did not send left out.
Modes: auto (server/discover, then initialize if need be), legacy (initialize), 2026-07-28 (neither).
"""

from contextlib import asynccontextmanager

import anyio
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from report import RPCError

MODES = ("auto", "legacy", "2026-07-28")
TIMEOUT_SECONDS = 30


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Peer:
    """One open connection."""

    def __init__(self, client: Client, mode: str) -> None:
        self._client = client
        self._pinned = mode not in ("auto", "legacy")
        self.version = client.protocol_version
        self.server = client.server_info.name if client.server_info else ""

    async def capabilities(self) -> dict:
        """What the server says it can do; a pinned client was told nothing when it connected, so it asks."""
        if self._pinned:
            return (await self._client.session.send_discover(self.version))["capabilities"]
        return wire(self._client.server_capabilities)

    async def call(self, name: str, arguments: dict, progress=None) -> dict:
        """The result of tools/call; `progress` is called with (progress, total, message)."""
        return await self._ask(self._client.call_tool(name, arguments, progress_callback=progress))

    async def cancel_after_progress(self, name: str, arguments: dict) -> None:
        """Starts a call and abandons it at its first sign of progress; the SDK then sends the cancellation."""
        async with anyio.create_task_group() as tasks:

            async def cancel(*_) -> None:
                tasks.cancel_scope.cancel()

            await self._client.call_tool(name, arguments, progress_callback=cancel)

    async def list_tools(self) -> list:
        return (await self._ask(self._client.list_tools(cache_mode="bypass")))["tools"]

    async def list_prompts(self) -> list:
        return (await self._ask(self._client.list_prompts(cache_mode="bypass")))["prompts"]

    async def get_prompt(self, name: str, arguments: dict) -> dict:
        return await self._ask(self._client.get_prompt(name, arguments))

    async def list_resources(self) -> list:
        return (await self._ask(self._client.list_resources(cache_mode="bypass")))["resources"]

    async def read_resource(self, uri: str) -> dict:
        return await self._ask(self._client.read_resource(uri, cache_mode="bypass"))

    @staticmethod
    async def _ask(request) -> dict:
        try:
            return wire(await request)
        except MCPError as error:
            raise RPCError(error.code, error.message, error.data) from None


@asynccontextmanager
async def connect(command: list[str], mode: str | None = None):
    """Starts COMMAND, opens a connection in the given mode (default auto), and closes both at the end."""
    server = StdioServerParameters(command=command[0], args=command[1:])
    mode = mode or "auto"
    async with Client(server, mode=mode, read_timeout_seconds=TIMEOUT_SECONDS) as client:
        yield Peer(client, mode)
