// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct ErrorTests {
    @Test func `every policy with a mistake is reported, with its place`() throws {
        let text = """
            permit (principal, action, resource);
            permit (principal, action, resource) when { 1 + };
            @id("two")
            forbid (principal, action resource);
            permit (principal, action, resource) when { "é" == foo("x") };
            permit (principal, action, resource) when { true };
            deny (principal, action, resource);
            """
        let errors = Statements.errors(text)
        #expect(errors.map(\.span.line) == [2, 4, 5, 7])
        #expect(errors.map(\.span.column) == [49, 27, 52, 1])
        #expect(errors.map(\.code) == [.unexpectedToken, .invalidScope, .unknownFunction, .unexpectedToken])
        #expect(errors.first?.message == "found `}`, expected an expression")
        #expect(errors.first?.description == "test:2:49: found `}`, expected an expression")
        #expect(errors.first.map { text.utf8.dropFirst($0.span.offset).first } == UInt8(ascii: "}"))
    }

    @Test func `an unfinished string does not hide the next line's mistakes`() {
        let errors = Statements.errors("permit (principal, action, resource) when { \"abc };\n;\nfoo;")
        #expect(errors.map(\.code) == [.invalidToken, .unexpectedToken])
        #expect(errors.map(\.span.line) == [1, 3])
    }

    @Test func `the number of reports is bounded`() {
        let errors = Statements.errors(String(repeating: "x;", count: 1000))
        #expect(errors.count == CedarLimits.errorsPerFileMax)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        let file = PolicyFile(name: "f", bytes: Array("permit(principal,action,resource);//".utf8) + [0xff])
        let error = #expect(throws: PolicyErrors.self) { try PolicySet.parse([file]) }
        #expect(error?.all.map(\.code) == [.invalidUTF8])
    }

    @Test func `a file over its limit is refused`() {
        let file = PolicyFile(name: "f", bytes: Array(repeating: 0x20, count: CedarLimits.policyFileBytesMax + 1))
        let error = #expect(throws: PolicyErrors.self) { try PolicySet.parse([file]) }
        #expect(error?.all.map(\.code) == [.limitExceeded])
    }

    @Test func `no prefix of a policy file crashes the parser, and few are accepted`() {
        let text = Array(
            #"@id("a") forbid (principal is U in U::"a", action in [Action::"x"], resource == R::"é") when { context has a.b && -1 < ip("::1").isInRange({a: [1]}["a"]) || "é" like "a*\*" };"#
                .utf8)
        var accepted = 0
        for end in 0...text.count {
            let parsed = PolicyParser.parse(Array(text[..<end]), file: "f")
            if parsed.errors.isEmpty { accepted += 1 }
        }
        #expect(accepted == 2, "the empty file and the whole")
    }

    @Test func `conditions and expressions know their places`() throws {
        let text = "permit (principal, action, resource)\n  when { 1 + principal.a == 2 };"
        let policy = try #require(try Statements.parse(text).policies.first)
        let condition = try #require(policy.conditions.first)
        #expect(slice(text, policy.statement.span) == text)
        #expect(slice(text, condition.span) == "when { 1 + principal.a == 2 }")
        #expect(slice(text, condition.body.span) == "1 + principal.a == 2")
        guard case .comparison(_, let left, let right) = condition.body.kind,
            case .arithmetic(_, let steps) = left.kind
        else {
            Issue.record("not a comparison of a sum")
            return
        }
        #expect(slice(text, left.span) == "1 + principal.a")
        #expect(slice(text, right.span) == "2")
        #expect(steps.first.map { slice(text, $0.operand.span) } == "principal.a")
        #expect(right.span.line == 2 && right.span.column == 29)
    }

    private func slice(_ text: String, _ span: SourceSpan) -> String {
        String(decoding: Array(text.utf8)[span.offset..<span.endOffset], as: UTF8.self)
    }
}
