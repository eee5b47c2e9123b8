// SPDX-License-Identifier: Apache-2.0

import Cedar
import Foundation
import StrictJSON
import Testing
import ToolTypes

/// What is generated, judged by Cedar's reference implementation (cedarpy, in `.peers` or `$WRIT_PEERS`).
@Suite struct SchemaPeerTests {
    static let python: String? = {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let peers = ProcessInfo.processInfo.environment["WRIT_PEERS"] ?? checkout.appending(path: ".peers").path
        let path = peers + "/cedarpy/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    private static let script = """
        import cedarpy, json, sys
        for line in sys.stdin:
            case = json.loads(line)
            try:
                result = cedarpy.validate_policies(case["policy"], case["schema"])
                print(json.dumps({"errors": [str(e) for e in result.errors]}), flush=True)
            except Exception as error:
                print(json.dumps({"errors": [str(error)]}), flush=True)
        """

    @Test(.enabled(if: python != nil, "cedarpy is not in .peers or $WRIT_PEERS"))
    func `every generated schema is one to Cedar's reference implementation`() throws {
        var lines: [UInt8] = []
        var cases = 0
        for seed in 0..<100 as Range<UInt64> {
            for (profile, type) in [(ToolProfile.native(), ""), (.agentCore, "AgentCore::")] {
                var random = RandomTools(seed: seed, isWild: seed % 2 == 0)
                let tools = ToolSchema(random.servers(), profile: profile)
                let action = tools.actions.first.map {
                    "action == \(type)\(EntityUID(type: "Action", id: $0.id))"
                }
                let policy = "permit (principal, \(action ?? "action"), resource);"
                let schema = try tools.fragment.text
                lines += (["policy": .text(policy), "schema": .string(schema)] as JSON).serialized() + [0x0a]
                cases += 1
            }
        }
        let input = FileManager.default.temporaryDirectory.appending(path: "writ-schemas-\(UUID().uuidString)")
        try Data(lines).write(to: input)
        defer { unlink(input.path) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.python))
        process.arguments = ["-c", Self.script]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answers = output.fileHandleForReading.readDataToEndOfFile().split(separator: 0x0a)
        process.waitUntilExit()
        #expect(answers.count == cases)
        for (index, answer) in answers.enumerated() {
            let errors = try JSON(parsing: Array(answer))["errors"]?.array ?? [nil]
            #expect(errors.isEmpty, "seed \(index / 2), \(index % 2 == 0 ? "native" : "AgentCore"): \(errors)")
        }
    }
}
