// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Numbers at both ends of 64 bits, in each format.
@Suite struct NumberLimitTests {
    @Test(arguments: Grammar.data)
    func `data hold what 64 bits hold, and nothing else`(_ grammar: Grammar) throws {
        for number in ["9223372036854775807", "-9223372036854775808", "0", "-1"] {
            #expect(try grammar.answer(grammar.holding(number)) == Grammar.fine, "\(number)")
        }
        for number in [
            "9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
            "99999999999999999999999999", "1.0", "1e0", "1E3", "-0", "0.0", "1e400", "1e-400", "null",
        ] {
            #expect(try grammar.answer(grammar.holding(number)) == "invalidValue", "\(number)")
        }
        for number in ["01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "-", "1e"] {
            #expect(try grammar.answer(grammar.holding(number)) == "invalidJSON", "\(number)")
        }
    }

    @Test(arguments: [Grammar.policyJSON, .policySetJSON])
    func `policies in JSON hold what 64 bits hold`(_ grammar: Grammar) throws {
        for number in ["9223372036854775807", "-9223372036854775808", "0", "-1"] {
            #expect(try grammar.answer(grammar.holding(#"{"Value":\#(number)}"#)) == Grammar.fine, "\(number)")
        }
        for number in ["9223372036854775808", "-9223372036854775809", "18446744073709551616", "1.0", "1e0", "-0"] {
            #expect(try grammar.answer(grammar.holding(#"{"Value":\#(number)}"#)) == "invalidValue", "\(number)")
        }
    }

    @Test(arguments: Grammar.policyTexts)
    func `policies in text hold what 64 bits hold`(_ grammar: Grammar) throws {
        for number in [
            "9223372036854775807", "-9223372036854775808", "-9223372036854775807", "0009223372036854775807", "-0",
            "1 - 9223372036854775807", "- 9223372036854775808", "-  /* */ 1".replacing("/* */", with: ""),
        ] { #expect(try grammar.answer(grammar.holding(number)) == Grammar.fine, "\(number)") }
        for number in [
            "9223372036854775808", "-9223372036854775809", "-(9223372036854775808)", "1 - 9223372036854775808",
            "18446744073709551616", "--9223372036854775809",
        ] { #expect(try grammar.answer(grammar.holding(number)) == "integerOutOfRange", "\(number)") }
    }

    @Test(arguments: [
        ("9223372036854775807 + 1", "overflow"), ("-9223372036854775808 - 1", "overflow"),
        ("-(-9223372036854775808)", "overflow"), ("-9223372036854775808 * -1", "overflow"),
        ("9223372036854775807 * 2", "overflow"), ("4611686018427387904 * 2", "overflow"),
        ("3037000500 * 3037000500", "overflow"),
        (
            #"datetime("1970-01-01").offset(duration("9223372036854775807ms")).offset(duration("1ms"))"#,
            "invalidExtension"
        ),
        (#"datetime("1970-01-01").offset(duration("-9223372036854775808ms")).toDate()"#, "invalidExtension"),
        (#"duration("9223372036854775808ms")"#, "invalidExtension"),
        (#"duration("106751991168d")"#, "invalidExtension"), (#"decimal("922337203685477.5808")"#, "invalidExtension"),
        (#"decimal("-922337203685477.5809")"#, "invalidExtension"), (#"ip("1.1.1.1/33")"#, "invalidExtension"),
        (#"ip("::/129")"#, "invalidExtension"), (#"datetime("10000-01-01")"#, "invalidExtension"),
    ])
    func `what does not fit is an error of evaluation`(_ expression: String, _ code: String) throws {
        #expect(try Evaluation.value(of: expression) == .string(UTF8String("error: \(code)")), "\(expression)")
    }

    @Test(arguments: [
        ("-9223372036854775808 * 1", "-9223372036854775808"), ("9223372036854775807 - 0", "9223372036854775807"),
        ("4611686018427387904 * -2", "-9223372036854775808"), ("-1 - 9223372036854775807", "-9223372036854775808"),
        (#"duration("9223372036854775807ms").toMilliseconds()"#, "9223372036854775807"),
        (#"duration("-9223372036854775808ms").toMilliseconds()"#, "-9223372036854775808"),
        (#"duration("-106751991167d7h12m55s808ms").toMilliseconds()"#, "-9223372036854775808"),
    ])
    func `what just fits is exact`(_ expression: String, _ value: String) throws {
        #expect(try Evaluation.value(of: "\(expression) == \(value)") == true, "\(expression)")
    }

    @Test(arguments: ["922337203685477.5807", "-922337203685477.5808", "0.0000", "-0.0001"])
    func `decimals at both ends are read and written in data`(_ text: String) throws {
        let value = try CedarValue(cedarJSON: ["__extn": ["fn": "decimal", "arg": .text(text)]])
        #expect(try CedarValue(cedarJSON: try value.cedarJSON()) == value)
        #expect(CedarDecimal(UTF8String(text))?.description == text)
    }

    @Test func `both ends go through every format unchanged`() throws {
        for number in [Int64.max, .min] {
            let set = try Statements.parse("permit (principal, action, resource) when { context.n == \(number) };")
            let printed = set.policies.map(\.statement.description).joined()
            #expect(try Statements.parse(printed).policies.map(\.statement) == set.policies.map(\.statement))
            let again = try PolicySet(parsingCedarJSON: try set.cedarJSON().serialized())
            #expect(again.policies.map(\.statement) == set.policies.map(\.statement))
            let request = Request(
                principal: Evaluation.request.principal, action: Evaluation.request.action,
                resource: Evaluation.request.resource,
                context: try CedarRecord(parsingCedarJSON: Array(#"{"n":\#(number)}"#.utf8)))
            for policies in [set, again] {
                let response = Authorizer.authorize(request, policies: policies, entities: Entities())
                #expect(response.decision == .allow)
            }
        }
    }
}
