// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing
import ToolTypes

/// What is generated is a schema, whatever the tools are.
@Suite struct ResolvingTests {
    @Test(arguments: [ToolProfile.native(), .agentCore], [false, true])
    func `every schema resolves, and is the same after being written and read in both forms`(
        _ profile: ToolProfile, _ isWild: Bool
    ) throws {
        for seed in 0..<60 as Range<UInt64> {
            var tools = RandomTools(seed: seed, isWild: isWild)
            let fragment = ToolSchema(tools.servers(), profile: profile).fragment
            do {
                let schema = try Schema([fragment])
                #expect(try Schema(parsing: fragment.text) == schema, "seed \(seed)")
                #expect(try Schema([SchemaFragment(fragment.json)]) == schema, "seed \(seed)")
            } catch {
                Issue.record("seed \(seed), wild \(isWild): \(error)")
            }
        }
    }

    @Test(arguments: [ToolProfile.native(), .agentCore])
    func `names that no identifier has are attributes in the schema`(
        _ profile: ToolProfile
    ) throws {
        let properties: JSON = ["": ["type": "string"], "__cedar": ["type": "string"], "a\"\\\n": ["type": "string"]]
        let tools = ToolSchema(input: ["type": "object", "properties": properties], profile: profile)
        let schema = try Schema(parsing: tools.fragment.text)
        let action = schema.actions.values.first { $0.uid.id == tools.actions[0].id }
        guard case .record(let input)? = action?.appliesTo?.context["input"]?.type else {
            Issue.record("no input")
            return
        }
        #expect(Set(input.attributes.map(\.name)) == ["", "__cedar", "a\"\\\n"])
    }
}
