// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Files far larger or deeper than anybody writes: each gets one clear error, soon, on a small stack.
@Suite(.timeLimit(.minutes(15))) struct SizeTests {
    @Test(arguments: Grammar.allCases)
    func `ten megabytes get an answer`(_ grammar: Grammar) throws {
        let letters = String(repeating: "x", count: 10 << 20)
        let isText = Grammar.texts.contains(grammar)
        // What may be so large is read to its end.
        let answers =
            isText ? ["limitExceeded"] : [Grammar.fine, "typeMismatch", "invalidShape", "unknownOperator"]
        #expect(answers.contains(try grammar.answer(grammar.holding("\"\(letters)\""))))
    }

    @Test(arguments: [Grammar.policies, .layout, .schema, .context])
    func `ten megabytes of blanks, and of one number, are refused`(_ grammar: Grammar) throws {
        let blank = Array(repeating: UInt8(ascii: " "), count: 10 << 20)
        #expect(try grammar.answer(blank) == (grammar == .context ? "invalidJSON" : "limitExceeded"))
        let digits = String(repeating: "1", count: 10 << 20)
        #expect(try grammar.answer(grammar.holding(digits)) == "limitExceeded")
    }

    @Test(arguments: Grammar.documents)
    func `sixty-four megabytes are refused unread`(_ grammar: Grammar) throws {
        let blank = Array(repeating: UInt8(ascii: " "), count: 64 << 20)
        #expect(try grammar.answer(blank) == "limitExceeded")
    }

    @Test(arguments: Grammar.documents)
    func `a million small values are refused before they fill the memory`(_ grammar: Grammar) throws {
        // Of `[]`, three bytes each: within the bytes, not within the values.
        let values = "[" + String(repeating: "[],", count: 2_100_000) + "1]"
        #expect(try grammar.answer(grammar.holding(values)) == "limitExceeded")
    }

    /// Ways to open a level, each with what closes it.
    private static let nestings: [(grammars: [Grammar], open: String, close: String)] = [
        (Grammar.documents, "[", "]"), (Grammar.documents, #"{"a":"#, "}"), (Grammar.documents, #"{"a":["#, "]}"),
        ([.policyJSON, .policySetJSON], #"{"!":{"arg":"#, "}}"),
        ([.policyJSON, .policySetJSON], #"{"Set":["#, "]}"),
        ([.policyJSON, .policySetJSON], #"{"Record":{"a":"#, "}}"),
        ([.policyJSON, .policySetJSON], #"{"ip":["#, "]}"),
        ([.policyJSON, .policySetJSON], #"{"Value":{"a":"#, "}}"),
        (Grammar.data, #"{"__entity":"#, "}"), (Grammar.data, #"{"__extn":{"fn":"ip","arg":"#, "}}"),
        ([.schemaJSON], #"{"type":"Set","element":"#, "}"),
        ([.schemaJSON], #"{"type":"Record","attributes":{"a":"#, "}}"),
        ([.schema], "Set<", ">"), ([.schema], "{a: ", "}"), ([.schema], "{a: Set<", ">}"),
        (Grammar.policyTexts, "(", ")"), (Grammar.policyTexts, "[", "]"), ([.policies], "{a: ", "}"),
        ([.policies], "ip(", ")"), ([.policies], "[].contains(", ")"), ([.policies], "!(", ")"),
        ([.policies], "-(", ")"), ([.policies], "1 + (", ")"), ([.policies], "1 * (", ")"),
        ([.policies], "true && (", ")"), ([.policies], "true || (", ")"),
        ([.policies], "1 < (", ")"), ([.policies], "principal in (", ")"),
        ([.policies], "principal is U in (", ")"), ([.policies], "if true then (", ") else 1"),
        ([.policies], "if true then 1 else ", ""), ([.policies], "if if ", " then 1 else 1"),
        ([.policies], "!", ""), ([.policies], "-", ""), ([.policies], "context[(", ")]"),
        ([.policies], "{\"a\": [(", ")]}"),
    ]

    @Test func `a hundred thousand levels are one error, closed or not`() throws {
        for (grammars, open, close) in Self.nestings {
            let opens = String(repeating: open, count: 100_000)
            let closes = String(repeating: close, count: 100_000)
            for grammar in grammars {
                // These are not nested: four are one level, and more are a mistake of their own.
                let isRun = ["!", "-", "context[("].contains(open)
                let held = try grammar.answer(grammar.holding("\(opens)1\(closes)"))
                #expect(held == (isRun ? "unexpectedToken" : "limitExceeded"), "\(grammar): \(open)")
                // What is lost after an opening bracket may be as many mistakes as are reported.
                for text in [grammar.holding(opens), closes + open] {
                    let answer = try grammar.answer(text)
                    let count = answer.split(separator: " ").count
                    let isBounded = answer != Grammar.fine && count <= CedarLimits.errorsPerFileMax
                    #expect(isBounded, "\(grammar): \(open): \(answer.prefix(200))")
                }
            }
        }
    }

    @Test func `a hundred thousand policies are one error`() throws {
        let text = String(repeating: "permit(principal,action,resource);\n", count: 100_000)
        for grammar in Grammar.policyTexts { #expect(try grammar.answer(text) == "limitExceeded", "\(grammar)") }
        let scope = #""effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"}"#
        let all = (0..<100_000).map { #""p\#($0)":{\#(scope),"conditions":[]}"# }.joined(separator: ",")
        let json = #"{"staticPolicies":{\#(all)},"templates":{},"templateLinks":[]}"#
        #expect(try Grammar.policySetJSON.answer(json) == "limitExceeded")
    }

    @Test func `policies above the limit in several files are one error each file`() throws {
        let text = Array(String(repeating: "permit(principal,action,resource);\n", count: 15_000).utf8)
        let files = (0..<3).map { PolicyFile(name: UTF8String("f\($0)"), bytes: text) }
        let error = #expect(throws: PolicyErrors.self) { try PolicySet.parse(files) }
        #expect(error?.all.map(\.code) == [.limitExceeded])
    }

    @Test func `the same id a hundred thousand times is no more mistakes than anybody reads`() throws {
        let text = String(repeating: "@id(\"x\") permit(principal,action,resource);\n", count: 19_000)
        let error = #expect(throws: PolicyErrors.self) {
            try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        }
        #expect(error?.all.count == CedarLimits.errorsPerFileMax)
        #expect(error?.all.first?.code == .duplicateID)
    }
}
