# SPDX-License-Identifier: Apache-2.0
"""The fixture server on SDK 1.30, handshake revisions: `fixtures1.py RECORD [--http PORT] [--page N]`. See fixtures.py.

On stdio, or on Streamable HTTP with sessions (port 0: any; it says its URL on standard error). With --page, lists come
in pages of N. It knows the tasks of 2025-11-25: the tool `slow` may be called as a task.
"""

import argparse
import logging
import sys
import warnings

import anyio
import mcp.types as types
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import McpError

import everything
import fixtures
import serving

warnings.filterwarnings("ignore", category=DeprecationWarning)
CHANGES = NotificationOptions(prompts_changed=True, resources_changed=True, tools_changed=True)


def wire(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def refuse(code: int, message: str, data: object = None) -> McpError:
    return McpError(types.ErrorData(code=code, message=message, data=data))


class FixtureServer(Server):
    """Says what this SDK will not say by itself: that lists change and that resources can be subscribed to."""

    def get_capabilities(self, notification_options, experimental_capabilities) -> types.ServerCapabilities:
        found = super().get_capabilities(CHANGES, experimental_capabilities)
        if found.resources:
            found.resources.subscribe = True
        return found


class Fixtures:
    """The handlers of one server and what they share."""

    def __init__(self, record: everything.Record, page: int | None) -> None:
        self.record, self.page = record, page
        self.watched: dict[int, tuple] = {}
        self.server = FixtureServer("fixtures", version="1", instructions="Every fixture there is.")
        self.server.experimental.enable_tasks()
        self.server.request_handlers |= {
            types.ListToolsRequest: self.lister("tools", fixtures.TOOLS, types.ListToolsResult),
            types.ListPromptsRequest: self.lister("prompts", fixtures.PROMPTS, types.ListPromptsResult),
            types.ListResourcesRequest: self.lister("resources", fixtures.RESOURCES, types.ListResourcesResult),
            types.ListResourceTemplatesRequest: self.lister(
                "resourceTemplates", fixtures.TEMPLATES, types.ListResourceTemplatesResult
            ),
            types.CallToolRequest: self.call,
            types.GetPromptRequest: self.prompt,
            types.ReadResourceRequest: self.read,
            types.CompleteRequest: self.complete,
            types.SubscribeRequest: self.subscribe,
            types.UnsubscribeRequest: self.unsubscribe,
            types.SetLevelRequest: self.level,
        }

    def lister(self, what: str, items: list, result_type):
        async def handler(request) -> types.ServerResult:
            cursor = request.params.cursor if request.params else None
            try:
                shown, following = fixtures.page(items, cursor, self.page, what)
            except ValueError:
                raise refuse(types.INVALID_PARAMS, "a cursor that this list did not give") from None
            answer = {what: shown} | ({"nextCursor": following} if following else {})
            return types.ServerResult(result_type.model_validate(answer))

        return handler

    async def call(self, request: types.CallToolRequest) -> types.ServerResult:
        name, arguments = request.params.name, request.params.arguments or {}
        self.record.call(name, arguments)
        context = self.server.request_context
        if name == "raise":
            raise refuse(**everything.ERROR)
        if context.experimental.is_task:
            return types.ServerResult(await context.experimental.run_task(lambda task: self.work(name, arguments)))
        if name == "slow":
            await self.slow(arguments)
        if name == "test_tool_with_progress":
            for progress, total in fixtures.PROGRESS:
                await self.progress(progress, total)
                # TypeScript's client forgets who listens once it has read the answer, even where it read both at once.
                await anyio.sleep(0.02)
        if name == "test_tool_with_logging":
            for line in fixtures.LOG_LINES:
                await context.session.send_log_message("info", line, "fixtures", context.request_id)
        if name == "test_change":
            await self.change(arguments["what"])
        if fixtures.asked(name, arguments) is not None:
            answer = fixtures.told(name, await self.ask(fixtures.asked(name, arguments)))
            return types.ServerResult(types.CallToolResult.model_validate(answer))
        try:
            answer = fixtures.result(name, arguments)
        except KeyError:
            answer = {"content": [everything.text(f"Unknown tool: {name}")], "isError": True}
        return types.ServerResult(types.CallToolResult.model_validate(answer))

    async def work(self, name: str, arguments: dict) -> types.CallToolResult:
        """What a task does: the same as the call, without progress."""
        await anyio.sleep(arguments.get("seconds", 0))
        return types.CallToolResult.model_validate(fixtures.result(name, arguments))

    async def progress(self, progress: float, total: float, message: str | None = None) -> None:
        context = self.server.request_context
        token = context.meta.progressToken if context.meta else None
        if token is not None:
            identifier = str(context.request_id)
            await context.session.send_progress_notification(token, progress, total, message, identifier)

    async def slow(self, arguments: dict) -> None:
        steps = arguments["steps"]
        try:
            for step in range(1, steps + 1):
                await anyio.sleep(arguments["seconds"] / steps)
                await self.progress(step, steps, f"step {step} of {steps}")
        except anyio.get_cancelled_exc_class():
            self.record.event("cancelled", name="slow", arguments=arguments)
            raise
        self.record.event("finished", name="slow", arguments=arguments)

    async def ask(self, request: dict) -> dict:
        context, asked = self.server.request_context, request.get("params", {})
        if request["method"] == "roots/list":
            return wire(await context.session.list_roots())
        if request["method"] == "sampling/createMessage":
            messages = [types.SamplingMessage.model_validate(message) for message in asked["messages"]]
            identifier = context.request_id
            return wire(await context.session.create_message(messages, max_tokens=100, related_request_id=identifier))
        answer = await context.session.elicit_form(asked["message"], asked["requestedSchema"], context.request_id)
        return wire(answer)

    async def prompt(self, request: types.GetPromptRequest) -> types.ServerResult:
        self.record.event("prompts/get", name=request.params.name)
        try:
            answer = fixtures.prompt(request.params.name, request.params.arguments or {})
        except KeyError as missing:
            raise refuse(types.INVALID_PARAMS, f"Unknown prompt or missing argument: {missing}") from None
        return types.ServerResult(types.GetPromptResult.model_validate(answer))

    async def read(self, request: types.ReadResourceRequest) -> types.ServerResult:
        uri = str(request.params.uri)
        self.record.event("resources/read", uri=uri)
        try:
            return types.ServerResult(types.ReadResourceResult.model_validate(fixtures.read(uri)))
        except KeyError:
            raise refuse(-32002, "Resource not found", {"uri": uri}) from None

    async def complete(self, request: types.CompleteRequest) -> types.ServerResult:
        argument = request.params.argument
        self.record.event("completion/complete", name=argument.name)
        answer = fixtures.complete(argument.name, argument.value)
        return types.ServerResult(types.CompleteResult.model_validate(answer))

    async def subscribe(self, request: types.SubscribeRequest) -> types.ServerResult:
        self.record.event("resources/subscribe", uri=str(request.params.uri))
        session = self.server.request_context.session
        self.watched.setdefault(id(session), (session, set()))[1].add(str(request.params.uri))
        return types.ServerResult(types.EmptyResult())

    async def unsubscribe(self, request: types.UnsubscribeRequest) -> types.ServerResult:
        self.record.event("resources/unsubscribe", uri=str(request.params.uri))
        _, uris = self.watched.get(id(self.server.request_context.session), (None, set()))
        uris.discard(str(request.params.uri))
        return types.ServerResult(types.EmptyResult())

    async def change(self, what: str) -> None:
        """Tells this client of a changed list, and who subscribed of a changed resource."""
        session = self.server.request_context.session
        match what:
            case "tools":
                await session.send_tool_list_changed()
            case "prompts":
                await session.send_prompt_list_changed()
            case "resources":
                await session.send_resource_list_changed()
            case _:
                for key, (watcher, uris) in list(self.watched.items()):
                    if what not in uris:
                        continue
                    try:
                        await watcher.send_resource_updated(what)
                    except (anyio.ClosedResourceError, anyio.BrokenResourceError):
                        # A client that has gone without saying that it wants no more.
                        del self.watched[key]

    async def level(self, request: types.SetLevelRequest) -> types.ServerResult:
        self.record.event("logging/setLevel", level=request.params.level)
        return types.ServerResult(types.EmptyResult())


async def serve_http(server: Server, record: everything.Record, port: int) -> None:
    """Sessions at /mcp, nothing elsewhere."""
    hosts, origins = ["127.0.0.1:*", "localhost:*"], ["http://127.0.0.1:*", "http://localhost:*"]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
    manager = StreamableHTTPSessionManager(server, security_settings=security)

    async def app(scope, receive, send) -> None:
        if scope["type"] == "http" and scope["path"] == "/mcp":
            await manager.handle_request(scope, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async with manager.run():
        await serving.serve(app, record, port)


async def main(options: argparse.Namespace) -> None:
    logging.disable()
    record = everything.Record(options.record)
    server = Fixtures(record, options.page).server
    if options.http is not None:
        await serve_http(server, record, options.http)
        return
    async with stdio_server(stdin=serving.Lines(record)) as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    sys.exit(anyio.run(main, serving.options_of(__doc__)))
