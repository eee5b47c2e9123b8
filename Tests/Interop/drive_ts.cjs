// SPDX-License-Identifier: Apache-2.0
// Drives a fixture server, or a gateway before it, with the TypeScript SDK 1.x client that a PyPI wheel carries.
//
//     node drive_ts.cjs --bundle utilsBundle.js [--prefix P] [--script FILE] (--url URL [--header 'N: V']… | -- COMMAND ARGS…)
//
// One JSON line per scenario, as the Python drivers print; exit status 0 only if all are ok. With --script, a JSON list
// of steps {"name", "tool", "arguments", "wanted": "result"|"error"|"denied", "says": [words]} is called instead of the
// fixtures' scenarios.
"use strict";
const fs = require("node:fs");

const options = { headers: {}, prefix: "", command: [] };
const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--") {
        options.command = words.splice(0);
    } else if (word === "--header") {
        const header = words.shift();
        const colon = header.indexOf(": ");
        options.headers[header.slice(0, colon)] = header.slice(colon + 2);
    } else {
        options[word.slice(2)] = words.shift();
    }
}
const sdk = require(options.bundle);
let ok = true;

function line(scenario, good, detail) {
    ok = ok && good;
    const text = typeof detail === "string" ? detail : JSON.stringify(detail) ?? "";
    console.log(JSON.stringify({ scenario, ok: good, detail: text.length > 300 ? text.slice(0, 300) + " …" : text }));
}

function expect(condition, why) {
    if (!condition) throw new Error(why);
}

const said = (result) => (result.content ?? []).map((item) => item.text ?? "").join("");

async function step(client, { tool, arguments: args = {}, wanted = "result", says = [] }) {
    let answer;
    try {
        answer = await client.callTool({ name: options.prefix + tool, arguments: args });
    } catch (error) {
        expect(wanted === "error", `${error}`);
        return `${error.message}`;
    }
    const decision = answer._meta?.["dev.writ/decision"];
    if (wanted === "denied") expect(answer.isError && decision?.allow === false, `not denied: ${JSON.stringify(answer)}`);
    if (wanted === "error") expect(answer.isError === true && !decision, `no error: ${JSON.stringify(answer)}`);
    if (wanted === "result") expect(!answer.isError, `an error: ${JSON.stringify(answer)}`);
    for (const word of says) expect(said(answer).includes(word), `no ${word} in ${JSON.stringify(answer)}`);
    return said(answer);
}

const FIXTURES = {
    ping: (client) => client.ping(),
    "tools-list": async (client) => {
        const { tools } = await client.listTools();
        expect(tools.some((tool) => tool.name === options.prefix + "test_simple_text"), JSON.stringify(tools));
        const schema = tools.find((tool) => tool.name === options.prefix + "json_schema_2020_12_tool").inputSchema;
        expect(schema.$defs?.address && schema.then && schema.else, JSON.stringify(schema));
        return `${tools.length} tools`;
    },
    "tools-call-simple-text": (client) => step(client, { tool: "test_simple_text", says: ["simple text"] }),
    "tools-call-error": (client) => step(client, { tool: "test_error_handling", wanted: "error" }),
    "an unknown tool": async (client) => {
        let answer;
        try {
            answer = await client.callTool({ name: options.prefix + "no_such_tool", arguments: {} });
        } catch (error) {
            return error.message;
        }
        expect(answer.isError === true, JSON.stringify(answer));
        return said(answer);
    },
    "tools-call-mixed-content": async (client) => {
        const answer = await client.callTool({ name: options.prefix + "test_multiple_content_types", arguments: {} });
        const types = answer.content.map((item) => item.type).join(" ");
        expect(types === "text image resource", types);
        return types;
    },
    "tools-call-with-progress": async (client) => {
        const heard = [];
        const call = { name: options.prefix + "test_tool_with_progress", arguments: {} };
        await client.callTool(call, undefined, { onprogress: (progress) => heard.push(progress.progress) });
        expect(heard.length > 0 && heard.every((value, index) => index === 0 || value > heard[index - 1]), `${heard}`);
        return heard;
    },
    "tools-call-structured": async (client) => {
        const answer = await client.callTool({ name: options.prefix + "echo", arguments: { "é": [1, null, "😀"] } });
        const wanted = JSON.stringify({ arguments: { "é": [1, null, "😀"] } });
        expect(JSON.stringify(answer.structuredContent) === wanted, JSON.stringify(answer));
        return wanted;
    },
    "resources-list": async (client) => (await client.listResources()).resources.map((one) => one.uri),
    "resources-templates-list": async (client) =>
        (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate),
    "resources-read-text": async (client) => {
        const { contents } = await client.readResource({ uri: "test://static-text" });
        expect(contents[0].text.length > 0, JSON.stringify(contents));
        return contents[0].text;
    },
    "prompts-list": async (client) => (await client.listPrompts()).prompts.map((one) => one.name),
    "prompts-get-with-args": async (client) => {
        const name = options.prefix + "test_prompt_with_arguments";
        const { messages } = await client.getPrompt({ name, arguments: { arg1: "1", arg2: "2" } });
        expect(messages[0].content.text.includes("arg2='2'"), JSON.stringify(messages));
        return messages[0].content.text;
    },
    "completion-complete": async (client) => {
        const ref = { type: "ref/prompt", name: options.prefix + "test_prompt_with_arguments" };
        const { completion } = await client.complete({ ref, argument: { name: "arg1", value: "par" } });
        expect(completion.values.length === 3, JSON.stringify(completion));
        return completion.values;
    },
    "concurrent calls": async (client) => {
        const call = (n) => client.callTool({ name: options.prefix + "echo", arguments: { n } });
        const answers = await Promise.all([...Array(20).keys()].map(call));
        answers.forEach((answer, n) => expect(answer.structuredContent.arguments.n === n, JSON.stringify(answer)));
        return answers.length;
    },
    cancellation: async (client) => {
        const stop = new AbortController();
        const call = { name: options.prefix + "slow", arguments: { seconds: 0.5, steps: 10 } };
        const done = client.callTool(call, undefined, { signal: stop.signal, onprogress: () => stop.abort("no longer") });
        await done.then(() => expect(false, "it was answered"), () => {});
        return step(client, { tool: "test_simple_text" });
    },
};

async function main() {
    const client = new sdk.Client({ name: "drive_ts", version: "1" }, { capabilities: { roots: {} } });
    client.setRequestHandler(sdk.ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///home/ada/project" }] }));
    const transport = options.url
        ? new sdk.StreamableHTTPClientTransport(new URL(options.url), { requestInit: { headers: options.headers } })
        : new sdk.StdioClientTransport({ command: options.command[0], args: options.command.slice(1), env: process.env });
    await client.connect(transport);
    line("connect", true, client.getServerVersion()?.name ?? "");
    const plan = { ...FIXTURES };
    if (options.script) {
        for (const name of Object.keys(plan)) delete plan[name];
        plan.list = async () => (await client.listTools()).tools.map((tool) => tool.name);
        for (const one of JSON.parse(fs.readFileSync(options.script, "utf8"))) plan[one.name] = () => step(client, one);
    }
    for (const [name, body] of Object.entries(plan)) {
        try {
            line(name, true, await body(client));
        } catch (error) {
            line(name, false, error.message);
        }
    }
    await client.close();
}

const timer = setTimeout(() => {
    line("time", false, "not done after 120 s");
    process.exit(1);
}, 120_000);
main().then(
    () => process.exit(ok ? 0 : 1),
    (error) => {
        clearTimeout(timer);
        line("connection", false, error.message);
        process.exit(1);
    },
);
