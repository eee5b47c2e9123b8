// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// One server of a client's file. What Writ cannot do for it is remarked or refuses it, never guessed.
struct ClientServerReader {
    let isCodex: Bool
    let variables: ClientVariables

    struct Refusal: Error {
        let why: String
    }

    /// Members that say how the client treats the server, and nothing of what it is.
    private static let ignored: Set<UTF8String> = [
        "type", "transport", "description", "disabled", "enabled", "timeout", "name", "icon", "dev", "gallery",
        "version", "startup_timeout_sec", "startup_timeout_ms", "tool_timeout_sec", "required",
    ]

    /// The server; `nil` where it is this gateway already.
    func server(_ name: UTF8String, _ value: JSON) throws(Refusal) -> ClientServer? {
        guard let object = value.object else { throw Refusal(why: "expected a table, not \(value.kindName)") }
        guard name.byteCount <= 256, !name.isEmpty else { throw Refusal(why: "its name has 1 to 256 bytes") }
        var remarks: [String] = []
        if object["disabled"] == true || object["enabled"] == false {
            remarks.append("the client has it switched off")
        }
        let endpoint = try endpoint(object, &remarks)
        if case .program(let program) = endpoint, Self.isWrit(program) { return nil }
        let known: Set<UTF8String> = [
            "command", "args", "env", "cwd", "url", "httpUrl", "serverUrl", "headers", "http_headers",
            "env_http_headers",
            "bearer_token_env_var", "env_vars",
        ]
        let others = object.keys.filter { !known.contains($0) && !Self.ignored.contains($0) }
        if !others.isEmpty {
            let names = others.prefix(8).map { $0.byteCount <= 64 ? $0.string : "a name of \($0.byteCount) bytes" }
            remarks.append("not taken over: \(names.joined(separator: ", "))")
        }
        return ClientServer(name: name, endpoint: endpoint, remarks: remarks)
    }

    private func endpoint(_ object: JSONObject, _ remarks: inout [String]) throws(Refusal) -> Configuration.Endpoint {
        let type = object["type"]?.string ?? object["transport"]?.string
        if let type, type == "sse" || type == "ws" || type == "websocket" {
            guard type == "sse" else { throw Refusal(why: "its transport is \(type), which Writ does not speak") }
            remarks.append(
                "its transport is the old `sse`: Writ speaks Streamable HTTP only, which newer servers do too")
        }
        if let command = object["command"] { return .program(try program(command, object, &remarks)) }
        for name in ["httpUrl", "url", "serverUrl"] as [UTF8String] {
            guard let url = object[name] else { continue }
            return .url(try remote(url, name, object, &remarks))
        }
        throw Refusal(why: "it has neither `command` nor `url`")
    }

    private func program(
        _ command: JSON, _ object: JSONObject, _ remarks: inout [String]
    ) throws(Refusal) -> Configuration.Program {
        guard case .literal(let path) = try text(command, "command", of: nil, &remarks).source, !path.isEmpty else {
            throw Refusal(why: "`command` is to be the program's name or path itself")
        }
        var arguments: [ConfiguredText] = []
        if let args = object["args"], !args.isNull {
            guard let array = args.array else {
                throw Refusal(why: "`args` is \(args.kindName); expected a list of texts")
            }
            for (index, element) in array.enumerated() {
                arguments.append(try text(element, "args/\(index)", of: nil, &remarks))
            }
        }
        var environment = try named(object["env"], "env", &remarks) { ClientVariables.isName($0) }
        for name in object["env_vars"]?.array ?? [] where name.string.map({ ClientVariables.isName($0.string) }) != true
        {
            throw Refusal(why: "`env_vars` has something that is no variable's name")
        }
        if object["envFile"] != nil { throw Refusal(why: "it has an `envFile`; write its variables into `env`") }
        // A later value of one name would be the one that counts; there is only one.
        environment = environment.enumerated().filter { entry in
            !environment[..<entry.offset].contains { $0.name == entry.element.name }
        }.map(\.element)
        var workingDirectory: String?
        if let cwd = object["cwd"], !cwd.isNull {
            guard case .literal(let path) = try text(cwd, "cwd", of: nil, &remarks).source, !path.isEmpty else {
                throw Refusal(why: "`cwd` is to be a path itself")
            }
            workingDirectory = path
        }
        return Configuration.Program(
            command: path, arguments: arguments, environment: environment, workingDirectory: workingDirectory)
    }

    private func remote(
        _ value: JSON, _ name: UTF8String, _ object: JSONObject, _ remarks: inout [String]
    ) throws(Refusal) -> Configuration.Remote {
        guard case .literal(let text) = try text(value, name.string, of: nil, &remarks).source else {
            throw Refusal(why: "`\(name)` is to be the URL itself, without variables")
        }
        let url: ServerURL
        do throws(ServerURL.Refusal) { url = try ServerURL(text) } catch {
            throw Refusal(why: "`\(name)`: expected \(error.expected)")
        }
        var headers = try named(object[isCodex ? "http_headers" : "headers"], "headers", &remarks) {
            ServerHeader.refusal(of: $0) == nil
        }
        for member in object["env_http_headers"]?.object?.members ?? [] {
            guard let variable = member.value.string?.string, ClientVariables.isName(variable),
                ServerHeader.refusal(of: member.key.string) == nil
            else { throw Refusal(why: "`env_http_headers` is a table of headers and names of variables") }
            headers.append(
                Configuration.NamedText(name: member.key.string, text: ConfiguredText(.variable(variable))))
        }
        if let bearer = object["bearer_token_env_var"] {
            guard let variable = bearer.string?.string, ClientVariables.isName(variable) else {
                throw Refusal(why: "`bearer_token_env_var` is the name of a variable")
            }
            headers.append(
                Configuration.NamedText(
                    name: "Authorization", text: ConfiguredText(.variable(variable), prefix: "Bearer ")))
        }
        return Configuration.Remote(url: url, headers: headers)
    }

    private func named(
        _ value: JSON?, _ place: String, _ remarks: inout [String], _ isName: (String) -> Bool
    ) throws(Refusal) -> [Configuration.NamedText] {
        guard let value, !value.isNull else { return [] }
        guard let object = value.object else {
            throw Refusal(why: "`\(place)` is \(value.kindName); expected a table of names")
        }
        var texts: [Configuration.NamedText] = []
        for member in object.members {
            let name = member.key.string
            guard isName(name) else {
                throw Refusal(
                    why: "`\(place)` has a name that cannot be used: \(name.utf8.count <= 64 ? name : "a long one")")
            }
            texts.append(
                Configuration.NamedText(
                    name: name, text: try text(member.value, "\(place)/\(name)", of: name, &remarks)))
        }
        return texts
    }

    private func text(
        _ value: JSON, _ place: String, of name: String?, _ remarks: inout [String]
    ) throws(Refusal) -> ConfiguredText {
        // Some clients take numbers and booleans where a text belongs, and hand over their letters.
        let text: String
        switch value {
        case .string(let string): text = string.string
        case .number(let number): text = number.lexeme.string
        case .bool(let flag): text = flag ? "true" : "false"
        default: throw Refusal(why: "`\(place)` is \(value.kindName); expected a text")
        }
        guard !text.utf8.contains(0) else { throw Refusal(why: "`\(place)` has a zero byte") }
        // Codex does not know variables in its texts.
        if isCodex { return ConfiguredText(.literal(text)) }
        do throws(ClientVariables.Refusal) { return try variables.text(text, of: name, &remarks) } catch {
            throw Refusal(why: "`\(place)`: \(error.why)")
        }
    }

    /// `writ gateway`: what a client starts where Writ stands before its servers already.
    private static func isWrit(_ program: Configuration.Program) -> Bool {
        guard program.command.split(separator: "/").last == "writ" else { return false }
        return program.arguments.first?.source == .literal("gateway")
    }
}
