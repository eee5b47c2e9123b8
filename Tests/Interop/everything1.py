# SPDX-License-Identifier: Apache-2.0
"""The test server on SDK 1.30 (handshake revisions, stdio): `everything1.py RECORD`. See everything.py."""

import logging
import sys

import anyio
import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import McpError

import everything


def make_server(record: everything.Record) -> Server:
    """The handlers are registered below the SDK's decorators, which would turn every error into a tool error."""
    server: Server = Server("everything", version="1")

    async def slow(arguments: dict) -> None:
        token = server.request_context.meta.progressToken if server.request_context.meta else None
        steps = arguments["steps"]
        try:
            for step in range(1, steps + 1):
                await anyio.sleep(arguments["seconds"] / steps)
                if token is not None:
                    await server.request_context.session.send_progress_notification(
                        token, step, steps, f"step {step} of {steps}"
                    )
        except anyio.get_cancelled_exc_class():
            record.event("cancelled", name="slow", arguments=arguments)
            raise
        record.event("finished", name="slow", arguments=arguments)

    async def call(request: types.CallToolRequest) -> types.ServerResult:
        name, arguments = request.params.name, request.params.arguments or {}
        record.call(name, arguments)
        if name == "slow":
            await slow(arguments)
        if name == "raise":
            raise McpError(types.ErrorData(**everything.ERROR))
        try:
            answer = everything.result(name, arguments)
        except KeyError:
            answer = {"content": [everything.text(f"Unknown tool: {name}")], "isError": True}
        return types.ServerResult(types.CallToolResult.model_validate(answer))

    async def tools(_: types.ListToolsRequest) -> types.ServerResult:
        return types.ServerResult(types.ListToolsResult.model_validate({"tools": everything.TOOLS}))

    async def prompts(_: types.ListPromptsRequest) -> types.ServerResult:
        record.event("prompts/list")
        return types.ServerResult(types.ListPromptsResult.model_validate({"prompts": everything.PROMPTS}))

    async def prompt(request: types.GetPromptRequest) -> types.ServerResult:
        record.event("prompts/get", name=request.params.name)
        answer = everything.greeting(request.params.arguments or {})
        return types.ServerResult(types.GetPromptResult.model_validate(answer))

    async def resources(_: types.ListResourcesRequest) -> types.ServerResult:
        record.event("resources/list")
        return types.ServerResult(types.ListResourcesResult.model_validate({"resources": everything.RESOURCES}))

    async def read(request: types.ReadResourceRequest) -> types.ServerResult:
        record.event("resources/read", uri=str(request.params.uri))
        return types.ServerResult(types.ReadResourceResult.model_validate(everything.note()))

    server.request_handlers |= {
        types.CallToolRequest: call,
        types.ListToolsRequest: tools,
        types.ListPromptsRequest: prompts,
        types.GetPromptRequest: prompt,
        types.ListResourcesRequest: resources,
        types.ReadResourceRequest: read,
    }
    return server


async def main() -> None:
    logging.disable()  # this SDK logs a page for every request of the other era
    server = make_server(everything.Record(sys.argv[1]))
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    anyio.run(main)
