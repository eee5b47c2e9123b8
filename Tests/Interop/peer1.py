# SPDX-License-Identifier: Apache-2.0
"""The SDK 1.30 client (handshake revisions) behind the small interface the drivers share with peer2.py.

Every answer is given as it stood on the wire: plain JSON values, members the peer did not send left out.
"""

from contextlib import asynccontextmanager
from datetime import timedelta

import anyio
import mcp.types as types
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import McpError

from report import RPCError

MODES = ("legacy",)
TIMEOUT_SECONDS = 30


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Peer:
    """One open connection."""

    def __init__(self, session: ClientSession, opened: types.InitializeResult) -> None:
        self._session = session
        self.version = opened.protocolVersion
        self.server = opened.serverInfo.name
        self._capabilities = wire(opened)["capabilities"]

    async def capabilities(self) -> dict:
        return self._capabilities

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
        return (await self._ask(self._session.list_tools()))["tools"]

    async def list_prompts(self) -> list:
        return (await self._ask(self._session.list_prompts()))["prompts"]

    async def get_prompt(self, name: str, arguments: dict) -> dict:
        return await self._ask(self._session.get_prompt(name, arguments))

    async def list_resources(self) -> list:
        return (await self._ask(self._session.list_resources()))["resources"]

    async def read_resource(self, uri: str) -> dict:
        return await self._ask(self._session.read_resource(uri))

    @staticmethod
    async def _ask(request) -> dict:
        try:
            return wire(await request)
        except McpError as error:
            raise RPCError(error.error.code, error.error.message, error.error.data) from None


@asynccontextmanager
async def connect(command: list[str], mode: str | None = None):
    """Starts COMMAND, opens a connection with initialize, and closes both at the end."""
    if mode not in (None, *MODES):
        raise ValueError(f"SDK 1.30 knows no mode {mode!r}")
    server = StdioServerParameters(command=command[0], args=command[1:])
    timeout = timedelta(seconds=TIMEOUT_SECONDS)
    async with stdio_client(server) as streams, ClientSession(*streams, read_timeout_seconds=timeout) as session:
        yield Peer(session, await session.initialize())
