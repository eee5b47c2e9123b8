# SPDX-License-Identifier: Apache-2.0
"""Every conformance scenario for servers that a client's SDK can play, against the fixture servers.

Promise: each method of `Scenarios` whose name is in PLAN is one scenario; it raises unless the answers are what
fixtures.py says, and returns what was seen, so that a run through a gateway can be compared with a direct one. A
scenario that the connection's revision does not have is not run (`needs`).
"""

from collections.abc import Callable

import anyio

import fixtures
from ears import ROOT, Ears
from everything import text
from report import Failed, RPCError, core, expect, expect_same, short

NAME = "a name"  # what Ears fills in


def said(result: dict) -> str:
    return "".join(item.get("text", "") for item in result["content"])


class Scenarios:
    """One open connection with ears; `prefix` is what a gateway puts before names of tools and prompts.

    `tasks` says that the server behind it knows the tasks of 2025-11-25, `rounds` that it knows input_required.
    """

    def __init__(self, peer, ears: Ears, prefix: str = "", tasks: bool = False, rounds: bool = True) -> None:
        self.peer, self.ears, self.prefix, self.has_tasks, self.has_rounds = peer, ears, prefix, tasks, rounds
        self.modern = peer.modern

    async def call(self, name: str, arguments: dict | None = None, progress=None) -> dict:
        return core(await self.peer.call(self.prefix + name, arguments or {}, progress))

    async def same(self, name: str, arguments: dict | None = None) -> dict:
        """A call whose result must be the fixtures'."""
        result = await self.call(name, arguments)
        expect(result == fixtures.result(name, arguments or {}), f"got {short(result)}")
        return result

    async def refused(self, request, *codes: int) -> dict:
        """A request that must be answered with one of these JSON-RPC error codes."""
        try:
            answer = await request
        except RPCError as error:
            expect(error.code in codes, f"{error}, wanted {codes}")
            return {"code": error.code}
        raise Failed(f"answered: {short(answer)}")

    # Lifecycle

    async def lifecycle(self) -> object:
        opened = await self.peer.discover() if self.modern else self.peer.opened
        for capability in ("tools", "resources", "prompts", "completions"):
            expect(capability in opened["capabilities"], f"no {capability} among {opened['capabilities']}")
        if self.modern:
            expect("2026-07-28" in opened["supportedVersions"], f"it serves {opened['supportedVersions']}")
        else:
            expect(opened["protocolVersion"] != "2026-07-28", "initialize was answered with 2026-07-28")
        return sorted(opened["capabilities"])

    async def ping(self) -> object:
        return await self.peer.ping()

    async def logging_set_level(self) -> object:
        return core(await self.peer.set_level("info"))

    async def completion(self) -> object:
        reference = {"name": self.prefix + "test_prompt_with_arguments"}
        answer = core(await self.peer.complete(reference, "arg1", "par"))
        expect_same(answer["completion"]["values"], ["paris", "park", "party"], "values")
        other = core(await self.peer.complete({"uri": fixtures.TEMPLATE}, "id", "x"))
        expect_same(other["completion"]["values"], [], "values")
        return answer

    async def caching(self) -> object:
        """Every cacheable result says how long and for whom; a gateway may only shorten and narrow."""
        seen = {}
        for what in ("tools", "prompts", "resources", "resourceTemplates"):
            seen[what] = await self.peer.page(what, None)
        seen["read"] = await self.peer.read_resource(fixtures.STATIC_TEXT)
        seen["discover"] = await self.peer.discover()
        for what, answer in seen.items():
            expect(isinstance(answer.get("ttlMs"), int) and answer["ttlMs"] >= 0, f"{what}: ttlMs in {short(answer)}")
            expect(answer.get("cacheScope") in ("public", "private"), f"{what}: cacheScope in {short(answer)}")
        return sorted(seen)

    # Tools

    async def tools_list(self) -> object:
        tools = await self.peer.list_tools()
        for found in tools:
            expect(found["name"].startswith(self.prefix), f"{found['name']} lacks {self.prefix}")
            found["name"] = found["name"].removeprefix(self.prefix)
        expect_same([found["name"] for found in tools], [wanted["name"] for wanted in fixtures.TOOLS], "names")
        for found, wanted in zip(tools, fixtures.TOOLS):
            expect(found == wanted, f"{short(found)} is not {short(wanted)}")
        return tools

    async def json_schema_2020_12(self) -> object:
        name = self.prefix + "json_schema_2020_12_tool"
        found = next(tool for tool in await self.peer.list_tools() if tool["name"] == name)
        expect(found["inputSchema"] == fixtures.SCHEMA_2020_12, f"got {short(found['inputSchema'])}")
        arguments = {"name": "Ada", "contactMethod": "email", "email": "ada@example.org"}
        return [found["inputSchema"], await self.same("json_schema_2020_12_tool", arguments)]

    async def simple_text(self) -> object:
        return await self.same("test_simple_text")

    async def image(self) -> object:
        return await self.same("test_image_content")

    async def audio(self) -> object:
        return await self.same("test_audio_content")

    async def embedded_resource(self) -> object:
        return await self.same("test_embedded_resource")

    async def mixed_content(self) -> object:
        return await self.same("test_multiple_content_types")

    async def tool_error(self) -> object:
        return await self.same("test_error_handling")

    async def unknown_tool(self) -> object:
        try:
            answer = await self.call("no_such_tool")
        except RPCError as error:
            expect(error.code in (-32602, 40301), str(error))
            return None
        expect(answer.get("isError") is True, f"an unknown tool gave {short(answer)}")
        return None

    async def progress(self) -> object:
        heard: list = []

        async def hear(progress: float, total: float | None, message: str | None) -> None:
            heard.append([float(progress), total and float(total)])

        result = await self.call("test_tool_with_progress", {}, hear)
        # An update may be left out under load, but none may come late, twice or out of order.
        wanted = [[float(a), float(b)] for a, b in fixtures.PROGRESS]
        expect(bool(heard) and heard == [one for one in wanted if one in heard], f"heard {heard}")
        return result

    async def logs(self) -> object:
        self.ears.logs.clear()
        await self.call("test_tool_with_logging")
        heard = [line.get("data") for line in self.ears.logs]
        expect_same(heard, fixtures.LOG_LINES, "log lines")
        return heard

    async def cancellation(self) -> object:
        await self.peer.cancel_after_progress(self.prefix + "slow", {"seconds": 0.5, "steps": 10})
        return await self.same("test_simple_text")

    async def concurrent(self) -> object:
        answers: dict[int, object] = {}

        async def one(number: int) -> None:
            result = await self.call("echo", {"number": number})
            answers[number] = result["structuredContent"]["arguments"]["number"]

        async with anyio.create_task_group() as tasks:
            for number in range(8):
                tasks.start_soon(one, number)
        expect_same(answers, answers | {n: n for n in range(8)}, "answers")
        return 8

    # What the server asks of the client, by requests or inside input_required

    async def asks(self, name: str, arguments: dict, answer: dict) -> object:
        before = len(self.ears.asked)
        result = await self.call(name, arguments)
        expect_same(len(self.ears.asked), before + 1, "requests heard")
        wanted = fixtures.asked(name, arguments)
        heard = self.ears.asked[-1]
        expect(heard["method"] == wanted["method"], f"heard {heard}")
        params = {k: v for k, v in heard["params"].items() if k not in ("_meta", "mode")}
        asked = {k: v for k, v in wanted.get("params", {}).items() if k != "mode"}
        expect(params == asked, f"heard {short(params)}, asked was {short(asked)}")
        expect_same(said(result), said(fixtures.told(name, answer)), "what the server was told")
        return result

    async def sampling(self) -> object:
        answer = Ears().answer("sampling/createMessage", fixtures.sampling("Say é 😀")["params"])
        return await self.asks("test_sampling", {"prompt": "Say é 😀"}, answer)

    async def elicitation(self) -> object:
        answer = {"action": "accept", "content": {"username": "a username", "email": "a email"}}
        return await self.asks("test_elicitation", {"message": "Who are you?"}, answer)

    async def elicitation_defaults(self) -> object:
        answer = {"action": "accept", "content": fixtures.DEFAULTS}
        return await self.asks("test_elicitation_sep1034_defaults", {}, answer)

    async def elicitation_enums(self) -> object:
        answer = Ears().answer("elicitation/create", {"requestedSchema": fixtures.ENUMS_FORM})
        return await self.asks("test_elicitation_sep1330_enums", {}, answer)

    async def roots(self) -> object:
        return await self.asks("test_list_roots", {}, {"roots": [{"uri": ROOT}]})

    # Resources

    async def resources_list(self) -> object:
        found = await self.peer.list_resources()
        expect(found == fixtures.RESOURCES, f"got {short(found)}")
        return found

    async def templates_list(self) -> object:
        found = await self.peer.list_templates()
        expect(found == fixtures.TEMPLATES, f"got {short(found)}")
        return found

    async def reads(self, uri: str) -> object:
        found = core(await self.peer.read_resource(uri))
        expect(found == fixtures.read(uri), f"got {short(found)}")
        return found

    async def read_text(self) -> object:
        return await self.reads(fixtures.STATIC_TEXT)

    async def read_binary(self) -> object:
        return await self.reads(fixtures.STATIC_BINARY)

    async def read_template(self) -> object:
        return await self.reads(fixtures.TEMPLATE.replace("{id}", "123"))

    async def resource_not_found(self) -> object:
        return await self.refused(self.peer.read_resource("test://no-such-thing"), -32602 if self.modern else -32002)

    async def subscribes(self) -> object:
        """A change of the watched resource and of every list is heard; another resource's is not."""
        heard = []
        async with self.peer.watch([fixtures.WATCHED]):
            for what in (fixtures.STATIC_TEXT, fixtures.WATCHED, "tools", "prompts", "resources"):
                await self.call("test_change", {"what": what})
                if what != fixtures.STATIC_TEXT:
                    heard.append(await self.ears.next_change())
        wanted = [["updated", fixtures.WATCHED], ["tools"], ["prompts"], ["resources"]]
        expect_same(heard, wanted, "changes")
        return heard

    # Prompts

    async def prompts_list(self) -> object:
        found = await self.peer.list_prompts()
        for one in found:
            expect(one["name"].startswith(self.prefix), f"{one['name']} lacks {self.prefix}")
            one["name"] = one["name"].removeprefix(self.prefix)
        expect(found == fixtures.PROMPTS, f"got {short(found)}")
        return found

    async def gets(self, name: str, arguments: dict) -> object:
        found = core(await self.peer.get_prompt(self.prefix + name, arguments))
        expect(found == fixtures.prompt(name, arguments), f"got {short(found)}")
        return found

    async def prompt_simple(self) -> object:
        return await self.gets("test_simple_prompt", {})

    async def prompt_arguments(self) -> object:
        return await self.gets("test_prompt_with_arguments", {"arg1": "one “é”", "arg2": ""})

    async def prompt_resource(self) -> object:
        return await self.gets("test_prompt_with_embedded_resource", {"resourceUri": "test://example"})

    async def prompt_image(self) -> object:
        return await self.gets("test_prompt_with_image", {})

    async def unknown_prompt(self) -> object:
        return await self.refused(self.peer.get_prompt(self.prefix + "no_such_prompt", {}), -32602)

    async def bad_cursor(self) -> object:
        return await self.refused(self.peer.page("tools", "bm90LWEtY3Vyc29y"), -32602)

    # Multi-round-trip requests (2026-07-28)

    async def rounds(self, name: str) -> dict:
        return await self.call(fixtures_input(name))

    async def input_elicitation(self) -> object:
        result = await self.rounds("elicitation")
        expect_same(said(result), told("elicitation", user_name=accepted()), "what it was told")
        return result

    async def input_sampling(self) -> object:
        result = await self.rounds("sampling")
        expect("The model heard: What is the capital of France?" in said(result), said(result))
        return result

    async def input_roots(self) -> object:
        result = await self.rounds("list_roots")
        expect(ROOT in said(result), said(result))
        return result

    async def input_request_state(self) -> object:
        result = await self.rounds("request_state")
        expect_same(said(result), told("request_state", user_name=accepted()), "what it was told")
        return result

    async def input_state_only(self) -> object:
        return await self.rounds("state_only")

    async def input_multiple(self) -> object:
        result = await self.rounds("multiple_inputs")
        for word in (NAME, ROOT, "The model heard"):
            expect(word in said(result), f"no {word} in {said(result)}")
        return result

    async def input_multi_round(self) -> object:
        result = await self.rounds("multi_round")
        expect_same(said(result), 'multi_round: {"color": "a color", "name": "a name"}', "what it was told")
        return result

    async def input_capabilities(self) -> object:
        result = await self.rounds("capabilities")
        expect(all(word in said(result) for word in (NAME, ROOT)), said(result))
        return result

    async def input_prompt(self) -> object:
        result = core(await self.peer.get_prompt(self.prefix + fixtures.ASK_PROMPT, {}))
        expect(result["messages"][0]["content"] == text(told("prompt", user_name=accepted())), short(result))
        return result

    async def first_round(self, name: str) -> tuple[dict, str]:
        first = await self.peer.call_once(self.prefix + fixtures_input(name), {})
        expect(first.get("resultType") == "input_required", f"not input_required: {short(first)}")
        expect("user_name" in first["inputRequests"], f"got {short(first)}")
        return first, first.get("requestState")

    async def input_missing_response(self) -> object:
        """An answer under another key is no answer: the server asks again."""
        _, state = await self.first_round("elicitation")
        name = self.prefix + fixtures_input("elicitation")
        again = await self.peer.call_once(name, {}, {"another": accepted()}, state)
        expect(again.get("resultType") == "input_required", f"got {short(again)}")
        return sorted(again["inputRequests"])

    async def input_validated(self) -> object:
        """An answer without the name that was asked for: the server asks again, and takes a good one then."""
        _, state = await self.first_round("validate_input")
        name = self.prefix + fixtures_input("validate_input")
        bad = {"user_name": {"action": "accept", "content": {"other": "x"}}}
        again = await self.peer.call_once(name, {}, bad, state)
        expect(again.get("resultType") == "input_required", f"got {short(again)}")
        good = {"user_name": accepted(), "extra": accepted()}
        return core(await self.peer.call_once(name, {}, good, again.get("requestState")))

    async def input_tampered(self) -> object:
        """A state with one character changed is refused."""
        _, state = await self.first_round("tampered_state")
        expect(state is not None, "no requestState")
        other = state[:10] + ("x" if state[10] != "x" else "y") + state[11:]
        call = self.peer.call_once(self.prefix + fixtures_input("tampered_state"), {}, {"user_name": accepted()}, other)
        try:
            answer = await call
        except RPCError as error:
            return {"code": error.code}
        expect(answer.get("isError") is True, f"a tampered state was taken: {short(answer)}")
        return None

    async def input_foreign_state(self) -> object:
        """One tool's state with another tool is refused."""
        _, state = await self.first_round("request_state")
        call = self.peer.call_once(self.prefix + fixtures_input("tampered_state"), {}, {"user_name": accepted()}, state)
        try:
            answer = await call
        except RPCError as error:
            return {"code": error.code}
        expect(answer.get("isError") is True, f"a foreign state was taken: {short(answer)}")
        return None

    # Tasks of 2025-11-25

    async def tasks(self) -> object:
        made = await self.peer.call_as_task(self.prefix + "slow", {"seconds": 0.1, "steps": 1})
        identifier = made["task"]["taskId"]
        expect(identifier in [task["taskId"] for task in await self.peer.tasks()], "the task is not in tasks/list")
        result = core(await self.peer.task("result", identifier))
        expect(result["content"] == [text("finished")], f"got {short(result)}")
        status = await self.peer.task("get", identifier)
        expect_same(status["status"], "completed", "status")
        await self.refused(self.peer.task("get", "no-such-task"), -32602)
        return None


def fixtures_input(name: str) -> str:
    return f"test_input_required_result_{name}"


def accepted() -> dict:
    return {"action": "accept", "content": {"name": NAME}}


def told(name: str, **answers: dict) -> str:
    return said(fixtures.Rounds.done(name, answers))


def always(_: Scenarios) -> bool:
    return True


def legacy(run: Scenarios) -> bool:
    return not run.modern


def modern(run: Scenarios) -> bool:
    return run.modern


def rounds(run: Scenarios) -> bool:
    return run.modern and run.has_rounds


def with_tasks(run: Scenarios) -> bool:
    return run.has_tasks and hasattr(run.peer, "call_as_task")


S = Scenarios
PLAN: list[tuple[str, Callable, Callable[[Scenarios], bool]]] = [
    ("server-initialize or server-discover", S.lifecycle, always),
    ("ping", S.ping, legacy),
    ("logging-set-level", S.logging_set_level, legacy),
    ("completion-complete", S.completion, always),
    ("caching", S.caching, modern),
    ("tools-list", S.tools_list, always),
    ("json-schema-2020-12", S.json_schema_2020_12, always),
    ("tools-call-simple-text", S.simple_text, always),
    ("tools-call-image", S.image, always),
    ("tools-call-audio", S.audio, always),
    ("tools-call-embedded-resource", S.embedded_resource, always),
    ("tools-call-mixed-content", S.mixed_content, always),
    ("tools-call-error", S.tool_error, always),
    ("an unknown tool", S.unknown_tool, always),
    ("tools-call-with-progress", S.progress, always),
    ("tools-call-with-logging", S.logs, always),
    ("cancellation", S.cancellation, always),
    ("concurrent calls", S.concurrent, always),
    ("tools-call-sampling", S.sampling, always),
    ("tools-call-elicitation", S.elicitation, always),
    ("elicitation-sep1034-defaults", S.elicitation_defaults, always),
    ("elicitation-sep1330-enums", S.elicitation_enums, always),
    ("roots-list", S.roots, always),
    ("resources-list", S.resources_list, always),
    ("resources-templates-list", S.templates_list, always),
    ("resources-read-text", S.read_text, always),
    ("resources-read-binary", S.read_binary, always),
    ("resources-templates-read", S.read_template, always),
    ("sep-2164-resource-not-found", S.resource_not_found, always),
    ("resources-subscribe and subscriptions-listen", S.subscribes, always),
    ("prompts-list", S.prompts_list, always),
    ("prompts-get-simple", S.prompt_simple, always),
    ("prompts-get-with-args", S.prompt_arguments, always),
    ("prompts-get-embedded-resource", S.prompt_resource, always),
    ("prompts-get-with-image", S.prompt_image, always),
    ("an unknown prompt", S.unknown_prompt, always),
    ("a cursor nobody gave", S.bad_cursor, always),
    ("input-required-result-basic-elicitation", S.input_elicitation, rounds),
    ("input-required-result-basic-sampling", S.input_sampling, rounds),
    ("input-required-result-basic-list-roots", S.input_roots, rounds),
    ("input-required-result-request-state", S.input_request_state, rounds),
    ("input-required-result-state-only", S.input_state_only, rounds),
    ("input-required-result-multiple-input-requests", S.input_multiple, rounds),
    ("input-required-result-multi-round", S.input_multi_round, rounds),
    ("input-required-result-capability-check", S.input_capabilities, rounds),
    ("input-required-result-non-tool-request", S.input_prompt, rounds),
    ("input-required-result-missing-input-response", S.input_missing_response, rounds),
    ("input-required-result-validate-input", S.input_validated, rounds),
    ("input-required-result-tampered-state", S.input_tampered, rounds),
    ("another tool's state", S.input_foreign_state, rounds),
    ("tasks-lifecycle", S.tasks, with_tasks),
]
