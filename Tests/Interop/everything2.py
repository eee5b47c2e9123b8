# SPDX-License-Identifier: Apache-2.0
"""The test server on SDK 2.3 (both eras, stdio): `everything2.py RECORD`. See everything.py."""

import sys
from typing import Any

import anyio
import mcp.types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

import everything

Context = ServerRequestContext[Any, Any]


def make_server(record: everything.Record) -> Server:
    """Handlers get the request's own context, so progress goes to the request that asked for it."""

    async def slow(context: Context, arguments: dict) -> None:
        steps = arguments["steps"]
        try:
            for step in range(1, steps + 1):
                await anyio.sleep(arguments["seconds"] / steps)
                await context.session.report_progress(step, steps, f"step {step} of {steps}")
        except anyio.get_cancelled_exc_class():
            record.event("cancelled", name="slow", arguments=arguments)
            raise
        record.event("finished", name="slow", arguments=arguments)

    async def call(context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        name, arguments = params.name, params.arguments or {}
        record.call(name, arguments)
        if name == "slow":
            await slow(context, arguments)
        if name == "raise":
            raise MCPError(**everything.ERROR)
        try:
            answer = everything.result(name, arguments)
        except KeyError:
            raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {name}") from None
        return types.CallToolResult.model_validate(answer)

    async def tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult.model_validate({"tools": everything.TOOLS})

    async def prompts(_: Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        record.event("prompts/list")
        return types.ListPromptsResult.model_validate({"prompts": everything.PROMPTS})

    async def prompt(_: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        record.event("prompts/get", name=params.name)
        return types.GetPromptResult.model_validate(everything.greeting(params.arguments or {}))

    async def resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        record.event("resources/list")
        return types.ListResourcesResult.model_validate({"resources": everything.RESOURCES})

    async def read(_: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        record.event("resources/read", uri=str(params.uri))
        return types.ReadResourceResult.model_validate(everything.note())

    return Server(
        "everything",
        version="2",
        on_call_tool=call,
        on_list_tools=tools,
        on_list_prompts=prompts,
        on_get_prompt=prompt,
        on_list_resources=resources,
        on_read_resource=read,
    )


async def main() -> None:
    server = make_server(everything.Record(sys.argv[1]))
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    anyio.run(main)
