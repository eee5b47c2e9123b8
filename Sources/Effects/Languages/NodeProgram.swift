// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A JavaScript program, as given to `node -e` or `-p`.
///
/// What runs code in JavaScript is reached by a global name, by a property such as `constructor`, or by a module. So the
/// names that are not bound in the program itself come from a list, `process`, `require` and modules can be used only by
/// listed members, a property must not be one of those that lead to code, and an index must be a literal. Files are
/// followed where they are literals.
struct NodeProgram {
    private let tokens: [CodeToken]
    private let partners: [Int: Int]
    private var actions: [ProgramAction] = []
    private var modules: [UTF8String: UTF8String] = [:]
    private var bound: Set<UTF8String> = []
    /// What names of loops can be: `for (const f of ['a', 'b'])`, `for (const f of fs.readdirSync('.'))`.
    private var looped: [UTF8String: [ShellValue]] = [:]

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        let all = try NodeLexer.tokens(of: code)
        // Line ends separate like blanks: what is not understood without them is not understood.
        let tokens = all.filter { $0 != .newline }
        var program = NodeProgram(tokens: tokens, partners: try tokens.partners())
        try program.walk()
        return program.actions
    }

    private init(tokens: [CodeToken], partners: [Int: Int]) {
        self.tokens = tokens
        self.partners = partners
    }

    private static let keywords = words(
        """
        async await break case catch const continue default delete do else false finally for function if in instanceof let
        new null of return switch throw true try typeof undefined var void while NaN Infinity
        """)
    /// Globals that do no more than compute; those with members listed below only by these.
    private static let globals = words(
        """
        Array BigInt Boolean Date Error JSON Map Math Number Object Promise RangeError RegExp Set String SyntaxError
        TypeError URL URLSearchParams WeakMap decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat
        parseInt structuredClone console process require Buffer setTimeout clearTimeout atob btoa TextEncoder TextDecoder
        __dirname __filename
        """)
    /// Globals that are used by these members only, and never by themselves.
    private static let members: [UTF8String: Set<UTF8String>] = [
        "console": words("log error warn info debug table dir assert time timeEnd count group groupEnd"),
        "process": words(
            "argv argv0 version versions platform arch env cwd exit exitCode stdout stderr stdin pid ppid uptime memoryUsage hrtime execPath release"
        ),
        "Buffer": words("from alloc concat byteLength isBuffer compare"),
        "Object": words("keys values entries fromEntries assign freeze is isFrozen"),
        "Math": words(
            """
            PI E LN2 LN10 SQRT2 abs acos asin atan atan2 cbrt ceil cos exp floor hypot log log10 log2 max min pow random round
            sign sin sqrt tan trunc
            """),
        "JSON": words("parse stringify"),
        "Array": words("from isArray of"),
        "Number": words(
            "isInteger isNaN isFinite isSafeInteger parseFloat parseInt MAX_SAFE_INTEGER MIN_SAFE_INTEGER EPSILON MAX_VALUE"
        ),
        "String": words("fromCharCode fromCodePoint raw"), "Date": words("now parse UTC"),
        "Promise": words("all resolve reject allSettled race"), "URL": words("canParse"),
        "Error": [], "RegExp": [], "BigInt": words("asIntN asUintN"),
    ]
    private static let streams: [UTF8String: Set<UTF8String>] = [
        "stdout": words("write columns rows isTTY"), "stderr": words("write columns rows isTTY"),
        "stdin": words("on once setEncoding resume fd isTTY"),
    ]
    private static let moduleMembers: [UTF8String: Set<UTF8String>] = [
        "fs": words(
            """
            readFileSync existsSync statSync lstatSync readdirSync writeFileSync appendFileSync mkdirSync unlinkSync rmSync
            copyFileSync renameSync rmdirSync accessSync
            """),
        "path": words("join resolve basename dirname extname relative sep delimiter parse normalize isAbsolute format"),
        "os": words(
            "platform type arch cpus totalmem freemem hostname homedir tmpdir EOL release uptime userInfo loadavg endianness"
        ),
        "util": words("inspect format isDeepStrictEqual types"),
        "crypto": words("randomBytes randomUUID createHash randomInt createHmac getHashes"),
        "url": words("parse format fileURLToPath pathToFileURL"),
        "querystring": words("parse stringify escape unescape"),
        "assert": words("ok equal strictEqual deepEqual deepStrictEqual notEqual"),
    ]
    /// Names that are never harmless: globals of node, modules that `-e` has as globals, and words that reach them.
    private static let treacherous = words(
        """
        AsyncFunction BroadcastChannel Bun Deno EventSource Function GLOBAL MessageChannel Proxy Reflect SharedArrayBuffer Atomics Symbol
        WebAssembly WebSocket Worker XMLHttpRequest arguments caller callee class constructor crypto eval exports export
        extends fetch global globalThis import importScripts internalBinding localStorage module navigator performance
        primordials prototype queueMicrotask require_ root self setImmediate setInterval super this window with yield
        assert async_hooks buffer child_process cluster constants dgram diagnostics_channel dns domain events http http2 https
        inspector net perf_hooks punycode querystring readline repl sea sqlite stream string_decoder sys
        timers tls trace_events tty url v8 vm wasi worker_threads zlib test debugger get set static enum
        """)
    /// Properties from which code is reached, whatever the value.
    private static let forbidden = words(
        """
        connect execFile execSync flag flags fork listen open spawn spawnSync
        __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ binding caller callee constructor dlopen
        getBuiltinModule getPrototypeOf mainModule prototype prepareStackTrace require setPrototypeOf species
        """)
    /// Files that functions of `fs` touch, operand by operand.
    private static let files: [UTF8String: [[Verb]]] = [
        "readFileSync": [[.read]], "readdirSync": [[.read]], "writeFileSync": [[.write]], "appendFileSync": [[.write]],
        "mkdirSync": [[.write]], "unlinkSync": [[.delete]], "rmSync": [[.delete]], "rmdirSync": [[.delete]],
        "copyFileSync": [[.read], [.write]], "renameSync": [[.read, .delete], [.write]],
        "existsSync": [], "statSync": [], "lstatSync": [], "accessSync": [],
    ]

    // MARK: - The walk

    private mutating func walk() throws(NotUnderstood) {
        try bindings()
        for (index, token) in tokens.enumerated() {
            switch token {
            case .name(let name):
                guard !Self.forbidden.contains(name) || name == "require" else { throw NotUnderstood() }
                if isProperty(index) { try property(name, at: index) } else { try bare(name, at: index) }
            case .symbol("["): try subscripted(at: index)
            case .symbol("]"):
                // A computed key: `{[x]: y}`.
                let opening = partners[index].flatMap { tokens.at($0 - 1)?.symbol }
                if tokens.at(index + 1)?.isSymbol(":") == true || tokens.at(index + 1)?.isSymbol("(") == true,
                    opening == "{" || opening == ","
                {
                    throw NotUnderstood()
                }
            case .string(let text):
                if let text, Self.forbidden.contains(text), tokens.at(index + 1)?.isSymbol(":") == true {
                    throw NotUnderstood()
                }
            default: break
            }
        }
    }

    private func isProperty(_ index: Int) -> Bool {
        let before = tokens.at(index - 1)?.symbol
        return before == "." || before == "?."
    }

    /// Names that the program binds, and modules by their names. Too many bindings are found, which does no harm: no
    /// name that is treacherous becomes harmless by it.
    private mutating func bindings() throws(NotUnderstood) {
        // Names that are something else besides.
        var unclear: Set<UTF8String> = []
        for (index, token) in tokens.enumerated() {
            guard let name = token.name, !isProperty(index) else { continue }
            let next = tokens.at(index + 1)?.symbol
            let before = tokens.at(index - 1)
            let isDeclared = ["const", "let", "var", "function", "catch"].contains(before?.name)
            if next == "=", let module = required(at: index + 2) {
                guard ["const", "let", "var"].contains(before?.name) else { throw NotUnderstood() }
                // At the outermost level `var` would leave node's own global of that name in place.
                guard tokens.at(index + 6)?.isSymbol(".") != true else {
                    bound.insert(name)
                    continue
                }
                // In another block the name is node's own global.
                guard name == module || !Self.treacherous.contains(name) && Self.moduleMembers[name] == nil else {
                    throw NotUnderstood()
                }
                guard modules.updateValue(module, forKey: name) ?? module == module else { throw NotUnderstood() }
                continue
            }
            if next == "=" || next == "=>" || isDeclared || isParameter(index) || isDestructured(index) {
                bound.insert(name)
                let values = looped(at: index)
                let isClear = values != nil && (looped[name] != nil || !unclear.contains(name))
                if isClear, let values { looped[name, default: []] += values } else { unclear.insert(name) }
            }
        }
        if !looped.isEmpty { unclear.formUnion(rebound()) }
        for name in unclear { looped[name] = nil }
        for name in modules.keys where bound.contains(name) { throw NotUnderstood() }
    }

    /// What a constant of a loop over texts, or over names in a directory, is.
    private func looped(at index: Int) -> [ShellValue]? {
        guard tokens.at(index - 1)?.isName("const") == true, tokens.at(index - 2)?.isSymbol("(") == true,
            tokens.at(index - 3)?.isName("for") == true, tokens.at(index + 1)?.isName("of") == true
        else { return nil }
        if tokens.at(index + 2)?.isSymbol("[") == true, let close = partners[index + 2],
            tokens.at(close + 1)?.isSymbol(")") == true
        {
            var values: [ShellValue] = []
            for (place, token) in tokens[(index + 3)..<close].enumerated() {
                if place % 2 == 1, token.isSymbol(",") { continue }
                guard place % 2 == 0, let text = token.literal, values.count < Limits.listAlternativesMax else {
                    return nil
                }
                values.append(ShellValue(text))
            }
            return values
        }
        // What is left out of the names leaves names.
        guard tokens.at(index + 3)?.isSymbol(".") == true, tokens.at(index + 4)?.isName("readdirSync") == true,
            tokens.at(index + 5)?.isSymbol("(") == true, tokens.at(index + 6)?.literal != nil,
            tokens.at(index + 7)?.isSymbol(")") == true
        else { return nil }
        let name = ShellValue(pieces: [.wildcard("**")])
        if tokens.at(index + 8)?.isSymbol(")") == true { return [name] }
        guard tokens.at(index + 8)?.isSymbol(".") == true, tokens.at(index + 9)?.isName("filter") == true,
            tokens.at(index + 10)?.isSymbol("(") == true, let close = partners[index + 10],
            tokens.at(close + 1)?.isSymbol(")") == true
        else { return nil }
        return [name]
    }

    /// Names in parameters and in patterns that are assigned to, and what `of` follows in a loop without `const`.
    private func rebound() -> Set<UTF8String> {
        var names: Set<UTF8String> = []
        func add(_ range: Range<Int>) {
            for index in range { if let name = tokens[index].name { names.insert(name) } }
        }
        for (index, token) in tokens.enumerated() {
            let next = tokens.at(index + 1)?.symbol
            switch token.symbol {
            case ")":
                guard next == "{" || next == "=>", let open = partners[index] else { continue }
                let before = tokens.at(open - 1)?.name
                if next == "=>" || !["if", "for", "while", "switch"].contains(before) { add(open..<index) }
            case "]", "}":
                let isDeclared =
                    partners[index].map { ["const", "let", "var"].contains(tokens.at($0 - 1)?.name) } ?? false
                if next == "=" || isDeclared || tokens.at(index + 1)?.isName("of") == true, let open = partners[index] {
                    add(open..<index)
                }
            default:
                if let name = token.name, tokens.at(index + 1)?.isName("of") == true,
                    tokens.at(index - 1)?.isName("const") != true
                {
                    names.insert(name)
                }
            }
        }
        return names
    }

    /// What a path is that is put together of texts and names of loops.
    private func path(at place: Int) -> (values: [ShellValue], end: Int)? {
        var values = [ShellValue("")]
        var index = place
        while true {
            let parts: [ShellValue]
            if let text = tokens.at(index)?.literal {
                parts = [ShellValue(text)]
            } else if let name = tokens.at(index)?.name, let known = looped[name] {
                parts = known
            } else {
                return nil
            }
            values = values.flatMap { value in parts.map { value.followed(by: $0) } }
            guard values.count <= Limits.listAlternativesMax * 2 else { return nil }
            guard tokens.at(index + 1)?.isSymbol("+") == true else { return (values, index + 1) }
            index += 2
        }
    }

    /// Whether the name stands in brackets that `=>` or a body follows, or that follow `function`.
    private func isParameter(_ index: Int) -> Bool {
        guard ["(", ",", "...", "{", "["].contains(tokens.at(index - 1)?.symbol),
            [")", ",", "=", "}", "]"].contains(tokens.at(index + 1)?.symbol)
        else { return false }
        var place = index
        for _ in 0..<24 {
            place -= 1
            guard let symbol = tokens.at(place)?.symbol else {
                if tokens.at(place)?.name != nil { continue }
                return false
            }
            if symbol == "(", let close = partners[place] {
                return tokens.at(close + 1)?.isSymbol("=>") == true || tokens.at(close + 1)?.isSymbol("{") == true
            }
            if symbol == ")" || symbol == ";" || symbol == "}" { return false }
        }
        return false
    }

    /// `const {a, b} = …`, `const [a, b] = …`, `for (const [k, v] of …)`.
    private func isDestructured(_ index: Int) -> Bool {
        var place = index - 1
        for _ in 0..<24 {
            guard let token = tokens.at(place) else { return false }
            if token.isSymbol("{") || token.isSymbol("[") {
                return ["const", "let", "var"].contains(tokens.at(place - 1)?.name)
            }
            guard token.name != nil || token.isSymbol(",") || token.isSymbol(":") || token.isSymbol("...") else {
                return false
            }
            place -= 1
        }
        return false
    }

    /// The module of `require('module')` there.
    private func required(at index: Int) -> UTF8String? {
        guard tokens.at(index)?.isName("require") == true, tokens.at(index + 1)?.isSymbol("(") == true,
            let text = tokens.at(index + 2)?.literal, tokens.at(index + 3)?.isSymbol(")") == true
        else { return nil }
        return text.hasPrefix("node:") ? UTF8String(String(text.string.dropFirst(5))) : text
    }

    // MARK: - Names

    private func isKey(_ index: Int) -> Bool {
        tokens.at(index + 1)?.isSymbol(":") == true
            && ["{", ","].contains(tokens.at(index - 1)?.symbol)
    }

    private mutating func bare(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        if isKey(index) { return }
        if Self.keywords.contains(name) { return }
        if let module = modules[name] {
            if tokens.at(index + 1)?.isSymbol("=") == true { return }
            return try member(of: module, after: index)
        }
        if name == "require" { return try require(at: index) }
        guard !Self.treacherous.contains(name) else { throw NotUnderstood() }
        if let members = Self.members[name] {
            guard !bound.contains(name) else { throw NotUnderstood() }
            return try listed(members, of: name, after: index)
        }
        guard Self.globals.contains(name) || bound.contains(name), Self.moduleMembers[name] == nil else {
            throw NotUnderstood()
        }
    }

    /// `process.argv`, `new Date()`, `Number(x)`, `.map(Number)`.
    private func listed(_ members: Set<UTF8String>, of name: UTF8String, after index: Int) throws(NotUnderstood) {
        guard tokens.at(index + 1)?.isSymbol(".") == true else {
            guard !["console", "process", "Buffer", "Object"].contains(name) else { throw NotUnderstood() }
            return
        }
        guard let member = tokens.at(index + 2)?.name, members.contains(member) else { throw NotUnderstood() }
        guard name == "process", let stream = Self.streams[member] else { return }
        guard tokens.at(index + 3)?.isSymbol(".") == true, let use = tokens.at(index + 4)?.name, stream.contains(use)
        else {
            throw NotUnderstood()
        }
    }

    private func property(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        guard !name.hasPrefix("_"), name != "require" else { throw NotUnderstood() }
    }

    private mutating func require(at index: Int) throws(NotUnderstood) {
        guard let module = required(at: index) else { throw NotUnderstood() }
        let text = tokens.at(index + 2)?.literal ?? ""
        if text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/") {
            // JSON is data; all else is a script.
            if text.hasSuffix(".json") {
                actions.append(.path([.read], ShellValue(text)))
            } else {
                throw NotUnderstood()
            }
            return
        }
        if Self.moduleMembers[module] == nil {
            guard module.hasSuffix("/package.json") || tokens.at(index + 5)?.isName("version") == true else {
                throw NotUnderstood()
            }
            actions.append(.projectCode)
            return
        }
        if tokens.at(index + 4)?.isSymbol(".") == true { return try member(of: module, after: index + 3) }
        // `const fs = require('fs')`, which `bindings` has seen.
        guard let name = tokens.at(index - 2)?.name, modules[name] == module,
            tokens.at(index - 1)?.isSymbol("=") == true,
            [";", ",", nil].contains(tokens.at(index + 4)?.symbol)
        else { throw NotUnderstood() }
    }

    private mutating func member(of module: UTF8String, after index: Int) throws(NotUnderstood) {
        guard let members = Self.moduleMembers[module] else {
            // Data, or another package's version.
            guard module.hasSuffix(".json") || tokens.at(index + 2)?.isName("version") == true else {
                throw NotUnderstood()
            }
            guard tokens.at(index + 1)?.isSymbol(".") == true || module.hasSuffix(".json") else {
                throw NotUnderstood()
            }
            return
        }
        guard tokens.at(index + 1)?.isSymbol(".") == true, let member = tokens.at(index + 2)?.name,
            members.contains(member)
        else { throw NotUnderstood() }
        guard module == "fs" else { return }
        guard tokens.at(index + 3)?.isSymbol("(") == true, let verbs = Self.files[member] else { throw NotUnderstood() }
        var place = index + 4
        if member == "readFileSync", tokens.at(place + 1)?.isSymbol(",") == true {
            // An option can make it write.
            let isPlain =
                tokens.at(place + 2)?.isString == true && tokens.at(place + 3)?.isSymbol(")") == true
                || tokens.at(place + 2)?.isSymbol("{") == true && tokens.at(place + 3)?.isName("encoding") == true
                    && tokens.at(place + 5)?.isString == true && tokens.at(place + 6)?.isSymbol("}") == true
            guard isPlain else { throw NotUnderstood() }
        }
        for verbs in verbs {
            if tokens.at(place)?.isString != true || tokens.at(place + 1)?.isSymbol("+") == true,
                let made = path(at: place), [",", ")"].contains(tokens.at(made.end)?.symbol)
            {
                for value in made.values { actions.append(.path(verbs, value)) }
                place = made.end + 1
                continue
            }
            var path: UTF8String?
            if [",", ")"].contains(tokens.at(place + 1)?.symbol) {
                path = tokens.at(place)?.literal
                if case .number("0")? = tokens.at(place) { path = "/dev/stdin" }
            }
            for verb in verbs { if let action = ProgramAction.path(verb, literal: path) { actions.append(action) } }
            // The second operand is found only after a literal.
            place = path == nil ? tokens.count : place + 2
        }
    }

    /// An index: a number, a literal text that is no forbidden property, `a.length - 1`.
    private func subscripted(at index: Int) throws(NotUnderstood) {
        let isIndex: Bool
        switch tokens.at(index - 1) {
        case .name(let name)?: isIndex = isProperty(index - 1) || !Self.keywords.contains(name)
        case .symbol(let symbol)?: isIndex = [")", "]", "}", "?."].contains(symbol)
        case .string?, .pattern?, .number?: isIndex = true
        default: isIndex = false
        }
        guard isIndex, let close = partners[index] else { return }
        let inner = tokens[(index + 1)..<close]
        switch (inner.count, inner.first) {
        case (1, .number?): return
        case (1, .string(let text?)?):
            guard !Self.forbidden.contains(text), !text.hasPrefix("_") else { throw NotUnderstood() }
        default:
            guard inner.count == 5, inner[inner.startIndex].name != nil, inner[inner.startIndex + 1].isSymbol("."),
                inner[inner.startIndex + 2].isName("length"), inner[inner.startIndex + 3].isSymbol("-"),
                case .number? = inner.last
            else { throw NotUnderstood() }
        }
    }
}
