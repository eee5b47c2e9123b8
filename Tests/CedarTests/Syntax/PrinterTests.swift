// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct PrinterTests {
    @Test func `random statements are printed so that they are read back equal`() throws {
        for seed in 1...1500 as ClosedRange<UInt64> {
            var random = RandomStatements(seed: seed)
            let statement = random.statement()
            let text = statement.description
            let parsed = PolicyParser.parse(Array(text.utf8), file: "printed")
            let same = parsed.errors.isEmpty && parsed.statements == [statement]
            if !same { Issue.record("seed \(seed): \(text)\n\(parsed.errors)\n\(parsed.statements)") }
            if parsed.statements.first?.description != text { Issue.record("seed \(seed): printed otherwise: \(text)") }
        }
    }

    @Test func `damaged text is a mistake or another statement, never a crash`() throws {
        var mistakes = 0
        for seed in 1...2000 as ClosedRange<UInt64> {
            var random = RandomStatements(seed: seed)
            let bytes = random.damaged(Array(random.statement().description.utf8))
            let parsed = PolicyParser.parse(bytes, file: "damaged")
            if !parsed.errors.isEmpty { mistakes += 1 }
            for error in parsed.errors { #expect(error.span.endOffset <= bytes.count) }
            for statement in parsed.statements {
                let again = PolicyParser.parse(Array(statement.description.utf8), file: "printed")
                if again.statements != [statement] { Issue.record("seed \(seed): \(statement)") }
            }
        }
        #expect((500...1999).contains(mistakes))
    }

    @Test(arguments: [
        ("1+2*3", "1 + 2 * 3"), ("(1+2)*3", "(1 + 2) * 3"), ("(1+2)+3", "(1 + 2) + 3"), ("1+(2*3)", "1 + 2 * 3"),
        ("2*(3*4)", "2 * (3 * 4)"),
        ("((true))&&(false||true)", "true && (false || true)"), ("!(!true)", "!(!true)"), ("!!true", "!(!true)"),
        ("-(1)", "-(1)"),
        ("--1", "-(-1)"), ("-1 .a", "-1.a"), ("(-1).a", "(-1).a"),
        ("(if true then 1 else 2)+1", "(if true then 1 else 2) + 1"),
        ("principal[\"a\"]", "principal.a"), ("principal[\"if\"]", "principal[\"if\"]"),
        ("principal[\"\"]", "principal[\"\"]"),
        ("{\"a\":1,\"b c\":2}", "{a: 1, \"b c\": 2}"), ("principal has\"a b\"", "principal has \"a b\""),
        ("[1,]", "[1]"),
        ("principal is A in B::\"b\"", "principal is A in B::\"b\""), ("(1==2)==false", "(1 == 2) == false"),
        ("\"a\" like \"\\**\"", "\"a\" like \"\\**\""),
        ("decimal(\"1.0\").lessThan(decimal(\"2.0\"))", "decimal(\"1.0\").lessThan(decimal(\"2.0\"))"),
    ])
    func `expressions are printed with needed parentheses alone`(text: String, printed: String) throws {
        #expect(try Statements.condition(text).description == printed)
    }

    @Test func `a policy is printed line by line`() throws {
        let text =
            "@id(\"a\")@flag permit(principal is U in ?principal,action in[Action::\"x\"],resource)when{true}unless{false};"
        let template = try #require(try Statements.parse(text).templates.first)
        #expect(
            template.statement.description == """
                @id("a")
                @flag
                permit (principal is U in ?principal, action in [Action::"x"], resource)
                when { true }
                unless { false };
                """)
    }
}

/// Statements of any shape that the grammar has, the same for the same seed.
private struct RandomStatements {
    private var state: UInt64
    private let place = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

    /// Xorshift64*, for its shortness.
    private mutating func number(below bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % bound
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

    private mutating func text() -> UTF8String {
        pick([
            "", "a", "if", "__cedar", "a b", "\"", "\\", "*", "\n", "\r", "\0", "\u{e9}", "e\u{301}", "\u{200b}", "😀",
            "permit",
        ])
    }

    private mutating func uid() -> EntityUID {
        EntityUID(type: pick(["U", "N::M::U", "principal", "permit"]), id: text())
    }

    private mutating func action() -> EntityUID { EntityUID(type: pick(["Action", "N::Action"]), id: text()) }

    private mutating func list<Value>(_ counts: [Int], _ make: (inout RandomStatements) -> Value) -> [Value] {
        (0..<pick(counts)).map { _ in make(&self) }
    }

    /// The bytes with up to three of them changed, doubled or left out.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(below: 3) {
            let place = number(below: bytes.count)
            switch number(below: 4) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8(number(below: 256))
            case 2: bytes.insert(bytes[place], at: place)
            default: bytes.insert(pick(Array("(){}[]\"\\.,;:@?=<>&|!-+*/%_a0 \n".utf8)), at: place)
            }
        }
        return bytes
    }

    mutating func statement() -> PolicyStatement {
        var names: [UTF8String] = ["id", "if", "principal"]
        names = Array(names.prefix(number(below: 4)))
        let annotations = names.map { name in
            Annotations.Annotation(name: name, value: pick([nil, text()]))
        }
        let conditions = list([0, 1, 1, 2]) { random in
            Condition(kind: random.pick([.when, .unless]), body: random.expression(5), span: random.place)
        }
        return PolicyStatement(
            effect: pick([.permit, .forbid]), annotations: Annotations(all: annotations), principal: constraint(),
            action: actionConstraint(), resource: constraint(), conditions: conditions, span: place)
    }

    private mutating func constraint() -> EntityConstraint {
        let reference = pick([EntityOrSlot.slot, .entity(uid())])
        let type: EntityTypeName = pick(["U", "A::B"])
        return pick([.any, .equal(reference), .within(reference), .isType(type), .isTypeWithin(type, reference)])
    }

    private mutating func actionConstraint() -> ActionConstraint {
        switch number(below: 4) {
        case 0: .any
        case 1: .equal(action())
        case 2: .within(action())
        default: .withinAny(list([0, 1, 2]) { $0.action() })
        }
    }

    private mutating func expression(_ depth: Int) -> Expression {
        Expression(kind(depth), span: place)
    }

    private mutating func kind(_ depth: Int) -> Expression.Kind {
        guard depth > 0 else {
            switch number(below: 6) {
            case 0: return .literal(.bool(pick([true, false])))
            case 1, 2: return .literal(.long(pick([0, 1, -1, .max, .min])))
            case 3: return .literal(.string(text()))
            case 4: return .literal(.entity(uid()))
            default: return .variable(pick(Variable.allCases))
            }
        }
        let below = depth - 1
        func one(_ random: inout RandomStatements) -> Expression { random.expression(random.number(below: below + 1)) }
        switch number(below: 20) {
        case 0: return .not(one(&self))
        case 1, 2: return .negate(one(&self))
        case 3: return .and(list([2, 3]) { one(&$0) })
        case 4: return .or(list([2, 3]) { one(&$0) })
        case 5, 6:
            let operations: [ArithmeticOperator] = pick([[.times], [.plus, .minus]])
            let first = one(&self)
            return .arithmetic(
                first, list([1, 2]) { ArithmeticStep(operation: $0.pick(operations), operand: one(&$0)) })
        case 7, 8: return .comparison(pick(Comparison.allCases), one(&self), one(&self))
        case 9: return .membership(one(&self), one(&self))
        case 10:
            let path: [UTF8String] = number(below: 2) == 0 ? [text()] : ["a", "principal", "b"]
            return .has(one(&self), path)
        case 11:
            let elements = pick(
                [[], [.wildcard], [.literal("*a"), .wildcard, .wildcard, .literal("\\\u{e9}")]] as [[Pattern.Element]])
            return .like(one(&self), Pattern(elements: elements))
        case 12: return .isType(one(&self), "A::B", number(below: 2) == 0 ? nil : one(&self))
        case 13: return .conditional(one(&self), then: one(&self), else: one(&self))
        case 14, 15: return .attribute(one(&self), text())
        case 16:
            return number(below: 4) == 0 ? .isEmpty(one(&self)) : .method(pick(Method.allCases), one(&self), one(&self))
        case 17:
            let function = pick(ExtensionFunction.allCases)
            let arguments = list([0, 1, 2]) { one(&$0) }
            return .call(function, function.isMethod ? [one(&self)] + arguments : arguments)
        case 18: return .set(list([0, 1, 3]) { one(&$0) })
        default:
            let names = Array((["a", "", "if", "e\u{301}", "\u{e9}"] as [UTF8String]).prefix(number(below: 6)))
            return .record(names.map { RecordField(name: $0, value: one(&self)) })
        }
    }
}
