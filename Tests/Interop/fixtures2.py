# SPDX-License-Identifier: Apache-2.0
"""The fixture server on SDK 2.3, both eras: `fixtures2.py RECORD [--http PORT] [--page N]`. See fixtures.py.

On stdio, or on Streamable HTTP (port 0: any; it says its URL on standard error). With --page, lists come in pages of
N. Where a handshake-era client would be asked by a request, a 2026-07-28 client gets an input_required result.
"""

import argparse
import logging
import sys
import warnings
from typing import Any

import anyio
import mcp.types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.stdio import stdio_server
from mcp.server.subscriptions import (
    InMemorySubscriptionBus,
    ListenHandler,
    PromptsListChanged,
    ResourcesListChanged,
    ResourceUpdated,
    ToolsListChanged,
)
from mcp.shared.exceptions import MCPError

import everything
import fixtures
import serving

warnings.filterwarnings("ignore", module=r"mcp\.|__main__")
Context = ServerRequestContext[Any, Any]
MODERN = "2026-07-28"
INPUT = "test_input_required_result_"
CHANGES = {"tools": ToolsListChanged, "prompts": PromptsListChanged, "resources": ResourcesListChanged}


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


class Fixtures:
    """The handlers of one server and what they share."""

    def __init__(self, record: everything.Record, page: int | None) -> None:
        self.record, self.page = record, page
        self.rounds, self.bus = fixtures.Rounds(), InMemorySubscriptionBus()
        self.watched: dict[int, tuple[Any, set[str]]] = {}

    async def tools(self, context: Context, params) -> types.ListToolsResult:
        return types.ListToolsResult.model_validate(self.list("tools", fixtures.TOOLS, params))

    async def prompts(self, context: Context, params) -> types.ListPromptsResult:
        return types.ListPromptsResult.model_validate(self.list("prompts", fixtures.PROMPTS, params))

    async def resources(self, context: Context, params) -> types.ListResourcesResult:
        return types.ListResourcesResult.model_validate(self.list("resources", fixtures.RESOURCES, params))

    async def templates(self, context: Context, params) -> types.ListResourceTemplatesResult:
        answer = self.list("resourceTemplates", fixtures.TEMPLATES, params)
        return types.ListResourceTemplatesResult.model_validate(answer)

    def list(self, what: str, items: list, params) -> dict:
        try:
            items, cursor = fixtures.page(items, params and params.cursor, self.page, what)
        except ValueError:
            raise MCPError(types.INVALID_PARAMS, "a cursor that this list did not give") from None
        return {what: items} | ({"nextCursor": cursor} if cursor else {})

    async def call(self, context: Context, params: types.CallToolRequestParams):
        name, arguments = params.name, params.arguments or {}
        self.record.call(name, arguments)
        if name == "raise":
            raise MCPError(**everything.ERROR)
        if name == "slow":
            await self.slow(context, arguments)
        if name == "test_tool_with_progress":
            for progress, total in fixtures.PROGRESS:
                await context.session.report_progress(progress, total)
                # TypeScript's client forgets who listens once it has read the answer, even where it read both at once.
                await anyio.sleep(0.02)
        if name == "test_tool_with_logging":
            for line in fixtures.LOG_LINES:
                await context.session.send_log_message("info", line, "fixtures", context.request_id)
        if name == "test_change":
            await self.change(arguments["what"])
        if name.startswith(INPUT):
            return self.ask(context, params, name.removeprefix(INPUT), types.CallToolResult)
        if fixtures.asked(name, arguments) is not None:
            return await self.ask_client(context, params, name, arguments)
        try:
            return types.CallToolResult.model_validate(fixtures.result(name, arguments))
        except KeyError:
            raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {name}") from None

    async def slow(self, context: Context, arguments: dict) -> None:
        steps = arguments["steps"]
        try:
            for step in range(1, steps + 1):
                await anyio.sleep(arguments["seconds"] / steps)
                await context.session.report_progress(step, steps, f"step {step} of {steps}")
        except anyio.get_cancelled_exc_class():
            self.record.event("cancelled", name="slow", arguments=arguments)
            raise
        self.record.event("finished", name="slow", arguments=arguments)

    def ask(self, context: Context, params, name: str, result_type):
        """One round of a multi-round-trip request; in the handshake era these tools cannot ask."""
        if context.protocol_version != MODERN:
            raise MCPError(types.INVALID_PARAMS, f"{name} is for {MODERN} clients")
        capabilities = context.session.client_capabilities
        known = set(wire(capabilities)) if capabilities else set()
        responses = {k: wire(v) for k, v in (params.input_responses or {}).items()}
        try:
            answer = self.rounds.answer(name, responses, params.request_state, known)
        except fixtures.BadState as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from None
        except KeyError:
            raise MCPError(types.INVALID_PARAMS, f"Unknown: {name}") from None
        if answer.get("resultType") != "input_required":
            return result_type.model_validate(answer)
        needed = {fixtures.CAPABILITY[request["method"]] for request in answer.get("inputRequests", {}).values()}
        if not needed <= known:
            data = {"requiredCapabilities": {capability: {} for capability in sorted(needed - known)}}
            raise MCPError(-32021, "a capability is missing that this needs", data)
        return types.InputRequiredResult.model_validate(answer)

    async def ask_client(self, context: Context, params, name: str, arguments: dict):
        """A tool that needs one answer: by a request in the handshake era, by input_required in the other."""
        request = fixtures.asked(name, arguments)
        if context.protocol_version == MODERN:
            if params.input_responses and "answer" in params.input_responses:
                answer = wire(params.input_responses["answer"])
                return types.CallToolResult.model_validate(fixtures.told(name, answer))
            return types.InputRequiredResult.model_validate(fixtures.Rounds.ask({"answer": request}, None))
        session, identifier, asked = context.session, context.request_id, request.get("params", {})
        if request["method"] == "roots/list":
            answer = await session.list_roots()
        elif request["method"] == "sampling/createMessage":
            messages = [types.SamplingMessage.model_validate(message) for message in asked["messages"]]
            answer = await session.create_message(messages, max_tokens=100, related_request_id=identifier)
        else:
            answer = await session.elicit_form(asked["message"], asked["requestedSchema"], identifier)
        return types.CallToolResult.model_validate(fixtures.told(name, wire(answer)))

    async def prompt(self, context: Context, params: types.GetPromptRequestParams):
        self.record.event("prompts/get", name=params.name)
        if params.name == fixtures.ASK_PROMPT:
            answer = self.ask(context, params, "prompt", types.CallToolResult)
            if isinstance(answer, types.InputRequiredResult):
                return answer
            said = wire(answer)["content"][0]
            return types.GetPromptResult.model_validate({"messages": [{"role": "user", "content": said}]})
        try:
            return types.GetPromptResult.model_validate(fixtures.prompt(params.name, params.arguments or {}))
        except KeyError as missing:
            raise MCPError(types.INVALID_PARAMS, f"Unknown prompt or missing argument: {missing}") from None

    async def read(self, context: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        self.record.event("resources/read", uri=str(params.uri))
        try:
            return types.ReadResourceResult.model_validate(fixtures.read(str(params.uri)))
        except KeyError:
            modern = context.protocol_version == MODERN
            raise MCPError(-32602 if modern else -32002, "Resource not found", {"uri": str(params.uri)}) from None

    async def complete(self, context: Context, params: types.CompleteRequestParams) -> types.CompleteResult:
        self.record.event("completion/complete", name=params.argument.name)
        return types.CompleteResult.model_validate(fixtures.complete(params.argument.name, params.argument.value))

    async def subscribe(self, context: Context, params: types.SubscribeRequestParams) -> types.EmptyResult:
        self.record.event("resources/subscribe", uri=str(params.uri))
        connection = context.session._connection
        self.watched.setdefault(id(connection), (connection, set()))[1].add(str(params.uri))
        return types.EmptyResult()

    async def unsubscribe(self, context: Context, params: types.UnsubscribeRequestParams) -> types.EmptyResult:
        self.record.event("resources/unsubscribe", uri=str(params.uri))
        _, uris = self.watched.get(id(context.session._connection), (None, set()))
        uris.discard(str(params.uri))
        return types.EmptyResult()

    async def change(self, what: str) -> None:
        """Tells who listens (2026-07-28) and who subscribed (handshake era) that something changed."""
        await self.bus.publish(CHANGES[what]() if what in CHANGES else ResourceUpdated(uri=what))
        for connection, uris in list(self.watched.values()):
            if what in uris:
                await connection.outbound.notify("notifications/resources/updated", {"uri": what})
            elif what in CHANGES:
                await connection.outbound.notify(f"notifications/{what}/list_changed", None)

    async def level(self, context: Context, params: types.SetLevelRequestParams) -> types.EmptyResult:
        self.record.event("logging/setLevel", level=params.level)
        return types.EmptyResult()

    def server(self) -> Server:
        return Server(
            "fixtures",
            version="2",
            instructions="Every fixture there is.",
            on_call_tool=self.call,
            on_list_tools=self.tools,
            on_list_prompts=self.prompts,
            on_get_prompt=self.prompt,
            on_list_resources=self.resources,
            on_list_resource_templates=self.templates,
            on_read_resource=self.read,
            on_completion=self.complete,
            on_subscribe_resource=self.subscribe,
            on_unsubscribe_resource=self.unsubscribe,
            on_subscriptions_listen=ListenHandler(self.bus),
            on_set_logging_level=self.level,
        )


async def main(options: argparse.Namespace) -> None:
    logging.disable()
    record = everything.Record(options.record)
    server = Fixtures(record, options.page).server()
    if options.http is not None:
        await serving.serve(server.streamable_http_app(), record, options.http)
        return
    async with stdio_server(stdin=serving.Lines(record)) as (read, write):
        changes = NotificationOptions(prompts_changed=True, resources_changed=True, tools_changed=True)
        await server.run(read, write, server.create_initialization_options(changes))


if __name__ == "__main__":
    sys.exit(anyio.run(main, serving.options_of(__doc__)))
