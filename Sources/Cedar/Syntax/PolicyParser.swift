// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads a policy file by recursive descent with one token of lookahead.
///
/// After a mistake it goes on behind the next `;`, so that one run reports a mistake for each policy that has one.
struct PolicyParser {
    private var lexer: Lexer
    private let file: UTF8String
    var current: Token
    /// The end of the last token taken.
    private(set) var previous: SourceSpan
    /// Expressions inside each other at this place.
    var nesting = 0
    /// The mistake that a thrown `Stop` stands for.
    private var mistake: PolicyError?

    /// Ends the statement at hand. Empty, and the mistake kept aside: an error's bytes would be set aside in every
    /// stack frame of the recursion, several times over.
    struct Stop: Error {}

    /// Reads a whole file.
    ///
    /// - Returns: the statements that have no mistake, and the mistakes of the others.
    static func parse(_ bytes: [UInt8], file: UTF8String) -> (statements: [PolicyStatement], errors: [PolicyError]) {
        let start = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)
        guard bytes.count <= CedarLimits.policyFileBytesMax else {
            let message = "a policy file of more than \(CedarLimits.policyFileBytesMax) bytes"
            return ([], [PolicyError(code: .limitExceeded, file: file, span: start, message: message)])
        }
        guard UTF8String(validating: bytes) != nil else {
            return ([], [PolicyError(code: .invalidUTF8, file: file, span: start, message: "the file is not UTF-8")])
        }
        var parser = PolicyParser(bytes, file: file)
        return parser.statements()
    }

    init(_ bytes: [UInt8], file: UTF8String) {
        lexer = Lexer(bytes)
        self.file = file
        current = lexer.next()
        previous = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)
    }

    private mutating func statements() -> (statements: [PolicyStatement], errors: [PolicyError]) {
        var statements: [PolicyStatement] = []
        var errors: [PolicyError] = []
        while current.kind != .end, errors.count < CedarLimits.errorsPerFileMax {
            do throws(Stop) {
                guard statements.count < CedarLimits.policiesMax else {
                    throw error(.limitExceeded, "more than \(CedarLimits.policiesMax) policies")
                }
                statements.append(try statement())
            } catch {
                if let mistake { errors.append(mistake) }
                if statements.count >= CedarLimits.policiesMax { break }
                skipStatement()
            }
        }
        return (statements, errors)
    }

    private mutating func skipStatement() {
        nesting = 0
        while current.kind != .end {
            if advance().kind == .symbol(.semicolon) { return }
        }
    }

    // MARK: Statements

    private mutating func statement() throws(Stop) -> PolicyStatement {
        let start = current.span
        let annotations = try annotations()
        guard current.kind == .word, let effect = Effect.named[current.text] else {
            throw unexpected("`permit` or `forbid`")
        }
        advance()
        let scope = try scope()
        var conditions: [Condition] = []
        while current.kind == .word { conditions.append(try condition()) }
        try expect(.semicolon, orElse: conditions.isEmpty ? "`when`, `unless` or `;`" : "`;`, `when` or `unless`")
        return PolicyStatement(
            effect: effect, annotations: annotations, principal: scope.principal, action: scope.action,
            resource: scope.resource, conditions: conditions, span: start.through(previous),
            scopeSpans: scope.spans)
    }

    private mutating func annotations() throws(Stop) -> Annotations {
        var all: [Annotations.Annotation] = []
        var names: Set<UTF8String> = []
        while take(.at) {
            guard current.kind == .word else { throw unexpected("an annotation's name") }
            let name = current.text
            guard names.insert(name).inserted else {
                throw error(.duplicateName, "the annotation `@\(name)` is already there")
            }
            advance()
            var value: UTF8String?
            if take(.openParenthesis) {
                value = try string("the annotation's text in quotes")
                try expect(.closeParenthesis)
            }
            all.append(Annotations.Annotation(name: name, value: value))
        }
        return Annotations(all: all)
    }

    private mutating func condition() throws(Stop) -> Condition {
        let start = current.span
        guard let kind = Condition.Kind.named[current.text] else { throw unexpected("`when`, `unless` or `;`") }
        advance()
        try expect(.openBrace)
        if current.kind == .symbol(.closeBrace) { throw unexpected("a condition; it may not be empty") }
        let body = try expression()
        try expect(.closeBrace, orElse: "an operator or `}`")
        return Condition(kind: kind, body: body, span: start.through(previous))
    }

    // MARK: Tokens

    /// Takes the current token.
    @discardableResult
    mutating func advance() -> Token {
        let token = current
        previous = token.span
        current = lexer.next()
        return token
    }

    /// Takes the symbol if it comes next.
    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol, orElse expected: String? = nil) throws(Stop) {
        guard take(symbol) else { throw unexpected(expected ?? "`\(symbol.rawValue)`") }
    }

    /// Takes a string literal and returns what it stands for.
    mutating func string(_ expected: String) throws(Stop) -> UTF8String {
        guard current.kind == .string else { throw unexpected(expected) }
        do throws(StringEscapes.Failure) {
            let text = try StringEscapes.unescape(current.content)
            advance()
            return text
        } catch { throw invalidEscape(error) }
    }

    /// Takes a pattern literal.
    mutating func pattern() throws(Stop) -> Pattern {
        guard current.kind == .string else { throw unexpected("a pattern in quotes after `like`") }
        do throws(StringEscapes.Failure) {
            let pattern = try StringEscapes.pattern(current.content)
            advance()
            return pattern
        } catch { throw invalidEscape(error) }
    }

    /// Takes a word that may name a type or an attribute.
    mutating func name(_ expected: String) throws(Stop) -> UTF8String {
        guard current.kind == .word else { throw unexpected(expected) }
        try checkName(current.text)
        return advance().text
    }

    /// Takes `A::B::C` and stops before anything else, also before `::"`.
    mutating func typeName() throws(Stop) -> EntityTypeName {
        let path = try path(endsBeforeString: false)
        return EntityTypeName(checked: path)
    }

    /// Takes words joined by `::`. Where a string follows the last `::`, stops before the string if that is allowed.
    mutating func path(endsBeforeString: Bool) throws(Stop) -> UTF8String {
        var text = try name("a type's name").string
        while take(.doubleColon) {
            if endsBeforeString, current.kind == .string { return UTF8String(text) }
            text += "::" + (try name("a name after `::`").string)
        }
        guard !endsBeforeString else { throw unexpected("`::` and an identifier in quotes, as in `User::\"alice\"`") }
        return UTF8String(text)
    }

    mutating func checkName(_ name: UTF8String) throws(Stop) {
        if Identifier.reserved.contains(name) {
            throw error(.reservedName, "`\(name)` is a reserved word and cannot be a name here")
        }
        if name == Identifier.internalNamespace {
            throw error(.reservedName, "`\(name)` is Cedar's own and cannot be a name here")
        }
    }

    // MARK: Mistakes

    /// Notes a mistake, at the current token if no place is given.
    mutating func error(_ code: PolicyError.Code, _ message: String, at span: SourceSpan? = nil) -> Stop {
        mistake = PolicyError(code: code, file: file, span: span ?? current.span, message: message)
        return Stop()
    }

    /// Notes that the current token is not what had to come.
    mutating func unexpected(_ expected: String) -> Stop {
        switch current.kind {
        case .invalid where current.text.hasPrefix("\""):
            error(.invalidToken, "a string that has no end, or a backslash before the end of a line")
        case .invalid: error(.invalidToken, "found \(current.found), which begins no token of Cedar")
        case .symbol(.divide): error(.unsupportedOperator, "Cedar has no division")
        case .symbol(.remainder): error(.unsupportedOperator, "Cedar has no remainder")
        case .symbol(.assign): error(.unsupportedOperator, "found `=`; to compare, write `==`")
        default: error(.unexpectedToken, "found \(current.found), expected \(expected)")
        }
    }

    mutating func tooDeep() -> Stop {
        error(.limitExceeded, "nested too deeply; split the policy or use fewer parentheses")
    }

    private mutating func invalidEscape(_ failure: StringEscapes.Failure) -> Stop {
        // The failure's place is counted in bytes of the content; a literal that spans lines is shown by its beginning.
        let span = current.span
        let before = current.content.prefix(failure.offset)
        guard !before.contains(0x0a) else { return error(.invalidEscape, failure.message) }
        let place = SourceSpan(
            offset: span.offset + 1 + failure.offset, byteCount: 1, line: span.line,
            column: span.column + 1 + before.count { $0 & 0xc0 != 0x80 })
        return error(.invalidEscape, failure.message, at: place)
    }
}

extension Token {
    /// A string literal's bytes between its quotes.
    var content: ArraySlice<UInt8> { text.bytes.dropFirst().dropLast() }
}

extension Effect {
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { (UTF8String($0.rawValue), $0) })
}

extension Condition.Kind {
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { (UTF8String($0.rawValue), $0) })
}
