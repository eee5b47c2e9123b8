// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads a schema in the human syntax by recursive descent with one token of lookahead.
///
/// After a mistake it goes on behind the next `;`, which ends every declaration and is nowhere inside one.
struct SchemaParser {
    private var lexer: Lexer
    private let file: UTF8String
    private(set) var current: Token
    private(set) var errors: [SchemaError] = []
    private var namespaces: [SchemaNamespace] = []
    /// The place of the namespace without a name, which is spread over the file.
    private var unnamed: Int?
    /// Braces open at this place.
    private var braces = 0
    /// Sets and records open at this place.
    var nesting = 0
    /// Tokens taken, those of a declaration once for each of its names.
    private var tokens = 0

    /// Ends the declaration at hand; the mistake is in `errors`.
    struct Stop: Error {}

    /// Reads a whole file.
    static func parse(_ bytes: [UInt8], file: UTF8String) throws(SchemaErrors) -> SchemaFragment {
        guard bytes.count <= CedarLimits.schemaFileBytesMax else {
            let message = "a schema file of more than \(CedarLimits.schemaFileBytesMax) bytes"
            throw SchemaErrors([SchemaError(.limitExceeded, message, file: file)])
        }
        guard UTF8String(validating: bytes) != nil else {
            throw SchemaErrors([SchemaError(.invalidUTF8, "the file is not UTF-8", file: file)])
        }
        var parser = SchemaParser(bytes, file: file)
        parser.items()
        guard parser.errors.isEmpty else { throw SchemaErrors(parser.errors) }
        return SchemaFragment(parser.namespaces, file: file)
    }

    private init(_ bytes: [UInt8], file: UTF8String) {
        lexer = Lexer(bytes)
        self.file = file
        current = lexer.next()
    }

    private var isFull: Bool { errors.count >= CedarLimits.errorsPerFileMax }

    private mutating func items() {
        while current.kind != .end, !isFull {
            do throws(Stop) {
                let annotations = try annotations()
                if current.isWord("namespace") {
                    try namespace(annotations)
                } else {
                    try declaration(annotations, in: unnamedNamespace(), orNamespace: true)
                }
            } catch {
                skipDeclaration(from: 0)
            }
        }
    }

    private mutating func unnamedNamespace() -> Int {
        if let unnamed { return unnamed }
        namespaces.append(SchemaNamespace())
        unnamed = namespaces.count - 1
        return namespaces.count - 1
    }

    private mutating func namespace(_ annotations: Annotations) throws(Stop) {
        advance()
        var namespace = SchemaNamespace(annotations: annotations)
        do throws(Stop) {
            let name = try path("a namespace's name")
            namespace.name = name.name
            namespace.place = name.place
            guard current.kind == .symbol(.openBrace) else { throw unexpected("`{` or `::`") }
        } catch {
            // The declarations inside are worth reading all the same.
            while current.kind != .end, current.kind != .symbol(.openBrace), current.kind != .symbol(.semicolon) {
                advance()
            }
        }
        try expect(.openBrace)
        namespaces.append(namespace)
        let index = namespaces.count - 1
        while current.kind != .end, current.kind != .symbol(.closeBrace), !isFull {
            do throws(Stop) {
                try declaration(try self.annotations(), in: index, orNamespace: false)
            } catch {
                skipDeclaration(from: 1)
            }
        }
        guard !isFull else { return }
        try expect(.closeBrace, orElse: "a declaration or `}`")
    }

    /// Goes behind the next `;`, but not out of the namespace that is open.
    private mutating func skipDeclaration(from depth: Int) {
        nesting = 0
        while current.kind != .end {
            if current.kind == .symbol(.closeBrace), braces <= depth, depth > 0 { return }
            let token = advance()
            if token.kind == .symbol(.semicolon) || token.kind == .symbol(.closeBrace) && braces < depth {
                braces = depth
                return
            }
        }
    }

    // MARK: Declarations

    private mutating func declaration(
        _ annotations: Annotations, in index: Int, orNamespace: Bool
    ) throws(Stop) {
        let start = tokens
        let count: Int
        switch current.kind == .word ? current.text : "" {
        case "entity": count = try entityTypes(annotations, in: index)
        case "action": count = try actions(annotations, in: index)
        case "type": count = try commonType(annotations, in: index)
        default:
            throw unexpected(
                orNamespace ? "`entity`, `action`, `type` or `namespace`" : "`entity`, `action`, `type` or `}`",
                words: ["entity", "action", "type"] + (orNamespace ? ["namespace"] : []))
        }
        // No overflow: a file has at most 2²² tokens, and so a declaration at most 2²² names.
        tokens += (tokens - start) * (count - 1)
        guard tokens <= CedarLimits.schemaTokensMax else {
            throw report(.limitExceeded, "too many names in declarations with too much in each")
        }
    }

    private mutating func entityTypes(_ annotations: Annotations, in index: Int) throws(Stop) -> Int {
        advance()
        let names = try list { parser throws(Stop) in try parser.identifier("a name for a type of entities") }
        let kind: EntityTypeDeclaration.Kind
        if takeWord("enum") {
            try expect(.openBracket)
            let ids = try list { parser throws(Stop) in try parser.string("an entity's id in quotes") }
            try expect(.closeBracket, orElse: "`,` or `]`")
            try expect(.semicolon)
            kind = .enumerated(ids)
        } else {
            kind = try standardEntityType()
        }
        for name in names {
            let declaration = EntityTypeDeclaration(name.name, kind: kind, annotations: annotations, place: name.place)
            namespaces[index].entityTypes.append(declaration)
        }
        return names.count
    }

    private mutating func standardEntityType() throws(Stop) -> EntityTypeDeclaration.Kind {
        var parents: [TypeReference] = []
        var shape = TypeExpression.record([])
        var tags: TypeExpression?
        var expected = "`in`, `enum`, `=`, `{`, `tags`, `,` or `;`"
        if takeWord("in") {
            parents = try typeReferences()
            expected = "`=`, `{`, `tags` or `;`"
        }
        let assigned = take(.assign)
        if assigned || current.kind == .symbol(.openBrace) {
            shape = try record()
            expected = "`tags` or `;`"
        }
        if takeWord("tags") {
            tags = try type()
            expected = "`;`"
        }
        try expect(.semicolon, orElse: expected, words: ["in", "enum", "tags"])
        return .standard(parents: parents, shape: shape, tags: tags)
    }

    private mutating func commonType(_ annotations: Annotations, in index: Int) throws(Stop) -> Int {
        advance()
        let name = try identifier("a name for a type")
        try expect(.assign)
        let type = try type()
        try expect(.semicolon)
        namespaces[index].commonTypes.append(
            CommonTypeDeclaration(name.name, type, annotations: annotations, place: name.place))
        return 1
    }

    private mutating func actions(_ annotations: Annotations, in index: Int) throws(Stop) -> Int {
        advance()
        let names = try list { parser throws(Stop) in try parser.name("an action's name") }
        var parents: [ActionReference] = []
        var appliesTo: AppliesToDeclaration?
        var expected = "`in`, `appliesTo`, `attributes`, `,` or `;`"
        if takeWord("in") {
            parents = try actionReferences()
            expected = "`appliesTo`, `attributes` or `;`"
        }
        if takeWord("appliesTo") {
            appliesTo = try self.appliesTo(of: names[0])
            expected = "`attributes` or `;`"
        }
        if takeWord("attributes") {
            try expect(.openBrace)
            try expect(.closeBrace, orElse: "`}`; actions have no attributes")
            expected = "`;`"
        }
        try expect(.semicolon, orElse: expected, words: ["in", "appliesTo", "attributes"])
        for name in names {
            namespaces[index].actions.append(
                ActionDeclaration(
                    name.name, in: parents, appliesTo: appliesTo, annotations: annotations, place: name.place))
        }
        return names.count
    }

    mutating func annotations() throws(Stop) -> Annotations {
        var all: [Annotations.Annotation] = []
        var names: Set<UTF8String> = []
        while take(.at) {
            guard current.kind == .word else { throw unexpected("an annotation's name") }
            guard names.insert(current.text).inserted else {
                throw report(.duplicateName, "the annotation `@\(current.text)` is already there")
            }
            let name = advance().text
            // Rust keeps the difference between no text and the empty text in JSON only.
            var value: UTF8String = ""
            if take(.openParenthesis) {
                value = try string("the annotation's text in quotes")
                try expect(.closeParenthesis)
            }
            all.append(Annotations.Annotation(name: name, value: value))
        }
        return Annotations(all)
    }

    // MARK: Tokens

    @discardableResult
    mutating func advance() -> Token {
        let token = current
        tokens += 1
        switch token.kind {
        case .symbol(.openBrace): braces += 1
        case .symbol(.closeBrace): braces -= 1
        default: break
        }
        current = lexer.next()
        return token
    }

    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ word: UTF8String) -> Bool {
        guard current.isWord(word) else { return false }
        advance()
        return true
    }

    mutating func expect(
        _ symbol: Token.Symbol, orElse expected: String? = nil, words: [UTF8String] = []
    ) throws(Stop) {
        guard take(symbol) else { throw unexpected(expected ?? "`\(symbol.rawValue)`", words: words) }
    }

    /// Takes one or more with commas between them.
    mutating func list<Element>(
        _ element: (inout SchemaParser) throws(Stop) -> Element
    ) throws(Stop) -> [Element] {
        var all = [try element(&self)]
        while take(.comma) { all.append(try element(&self)) }
        return all
    }

    /// Takes a string literal and returns what it stands for.
    mutating func string(_ expected: String) throws(Stop) -> UTF8String {
        guard current.kind == .string else { throw unexpected(expected) }
        do throws(StringEscapes.Failure) {
            let text = try StringEscapes.unescape(current.content)
            advance()
            return text
        } catch { throw report(.invalidEscape, "\(current.found) has what is \(error.message)") }
    }

    // MARK: Mistakes

    /// Notes a mistake, at the current token if no place is given.
    mutating func report(
        _ code: SchemaError.Code, _ message: String, at place: SchemaPlace? = nil, suggestion: UTF8String? = nil
    ) -> Stop {
        errors.append(
            SchemaError(code, message, file: file, span: place?.span ?? current.span, suggestion: suggestion))
        return Stop()
    }

    /// Notes that the current token is not what had to come.
    ///
    /// - Parameter words: what may have been misspelt.
    mutating func unexpected(_ expected: String, words: [UTF8String] = []) -> Stop {
        guard current.kind != .invalid else {
            return current.text.hasPrefix("\"")
                ? report(.invalidToken, "a string that has no end, or a backslash before the end of a line")
                : report(.invalidToken, "found \(current.found), expected \(expected)")
        }
        let word = current.kind == .word ? Suggestion.closest(to: current.text, among: words) : nil
        return report(.unexpectedToken, "found \(current.found), expected \(expected)", suggestion: word)
    }
}
