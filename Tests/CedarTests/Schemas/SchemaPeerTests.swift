// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Random schemas on which this module and cedarpy, which has the Rust implementation inside, must agree: whether a
/// schema is one, what it is in the other form, and of what type its attributes are.
///
/// `CEDAR_SCHEMA_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct SchemaPeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, CedarPeer.whySkipped), .timeLimit(.minutes(15)))
    func `random schemas come out as with cedarpy`() throws {
        let chosen = ProcessInfo.processInfo.environment["CEDAR_SCHEMA_SEEDS"]
        let seeds = (chosen ?? "1,3000").split(separator: ",").map(String.init)
        var counts = Counts()
        var answers: [UInt8] = []
        for line in try Self.run(["make"] + seeds, input: []) {
            let json = try JSON(parsing: line)
            let seed = json["seed"]?.int64 ?? -1
            let isText = try #require(json["isText"]?.bool as Bool?)
            let accepts = try #require(json["accepts"]?.bool as Bool?)
            let text = try #require(json["schema"]?.string)
            counts.cases += 1
            do throws(SchemaErrors) {
                let fragment = try SchemaFragment(parsing: text, file: "peer", format: isText ? .text : .json)
                let schema = try Schema([fragment])
                if !accepts {
                    Issue.record("seed \(seed): \(json["error"]?.string ?? "") is accepted here:\n\(text)")
                    continue
                }
                counts.accepted += 1
                let probes = Probe.policies(of: schema)
                counts.policies += probes.count
                answers += try answer(seed, text, isText, fragment, schema, probes).serialized() + [0x0a]
            } catch {
                counts.refused += 1
                guard accepts else { continue }
                guard error.all.allSatisfy({ $0.isDeliberate }) else {
                    Issue.record("seed \(seed): cedarpy accepts what is refused here with \(error):\n\(text)")
                    continue
                }
                counts.deliberate += 1
            }
        }
        for line in try Self.run(["check"], input: answers) {
            let json = try JSON(parsing: line)
            Issue.record("seed \(json["seed"]?.int64 ?? -1): \(json["problem"]?.string ?? "")")
        }
        print("cedarpy: \(counts)")
        #expect(counts.cases == seeds.last.flatMap { Int($0) })
        guard chosen == nil else { return }
        #expect(counts.accepted > 500 && counts.refused > 500 && counts.policies > 500 && counts.deliberate > 0)
    }

    @Test(.enabled(if: CedarPeer.python != nil, CedarPeer.whySkipped))
    func `cedarpy accepts and refuses what the tables say, but for what is refused on purpose`() throws {
        var cases: [(text: String, isText: Bool, accepts: Bool)] = []
        cases += SchemaTable.good.map { ($0, true, true) } + SchemaTable.bad.map { ($0.text, true, false) }
        cases += SchemaTable.deliberatelyBad.map { ($0.text, true, true) }
        cases += SchemaJSONTests.good.map { ($0, false, true) } + SchemaJSONTests.bad.map { ($0.text, false, false) }
        cases += SchemaJSONTests.deliberatelyBad.map { ($0.text, false, true) }
        var input: [UInt8] = []
        for (text, isText, _) in cases {
            input += (["isText": .bool(isText), "schema": .text(text)] as JSON).serialized() + [0x0a]
        }
        let answers = try Self.run(["judge"], input: input).map { try JSON(parsing: $0)["accepts"]?.bool }
        try #require(answers.count == cases.count)
        for (answer, (text, _, accepts)) in zip(answers, cases) { #expect(answer == accepts, "\(text)") }
    }

    private func answer(
        _ seed: Int64, _ text: UTF8String, _ isText: Bool, _ fragment: SchemaFragment, _ schema: Schema,
        _ probes: [JSON]
    ) throws(SchemaErrors) -> JSON {
        let json = try fragment.json
        var written: JSON = .null
        do throws(SchemaErrors) {
            let again = try fragment.text
            #expect(try Schema(parsing: again) == schema, "seed \(seed): written as text, it is another:\n\(again)")
            written = .string(again)
        } catch  where error.all.allSatisfy({ $0.code == .unwritable }) {}
        return [
            "seed": .integer(seed), "isText": .bool(isText), "schema": .string(text),
            "json": .text(String(decoding: json.serialized(), as: UTF8.self)), "text": written,
            "policies": .array(probes),
        ]
    }

    private static func run(_ arguments: [String], input: [UInt8]) throws -> [[UInt8]] {
        let file = FileManager.default.temporaryDirectory.appending(path: "cedar-schema-peer-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer {
            do { try FileManager.default.removeItem(at: file) } catch { print("left behind: \(file.path)") }
        }
        return try CedarPeer.lines("schema_peer.py", arguments, input: file).map(Array.init)
    }
}

extension SchemaError {
    /// Whether Rust accepts this and this module does not, on purpose: an attribute written twice in a text, of which
    /// Rust keeps one; and, in JSON, an array in place of an object, which only a reader of serialized structs takes.
    fileprivate var isDeliberate: Bool {
        code == .duplicateName && message.contains("attribute")
            || code == .invalidShape && message.hasPrefix("found an array, expected ")
    }
}

private struct Counts: CustomStringConvertible {
    var cases = 0
    var accepted = 0
    var refused = 0
    var deliberate = 0
    var policies = 0

    var description: String {
        "\(cases) schemas, \(accepted) accepted, \(refused) refused, of these \(deliberate) on purpose; "
            + "\(policies) policies about the types of attributes"
    }
}

/// Policies that are valid, or not, according to the types of a schema's attributes.
private struct Probe {
    let schema: Schema

    static func policies(of schema: Schema) -> [JSON] {
        // Without a request to be in, no policy is valid.
        guard schema.actions.values.contains(where: { $0.appliesTo != nil }) else { return [] }
        let probe = Probe(schema: schema)
        var policies: [JSON] = []
        for type in schema.entityTypes.values.sorted(by: { $0.name < $1.name }) {
            for attribute in type.attributes.attributes {
                let name = StringEscapes.quoted(attribute.name)
                let entity = EntityUID(type: type.name, id: "x")
                let value = "\(entity)[\(name)]"
                let guarded = "\(entity) has \(name) && "
                guard let right = probe.literal(attribute.type) else { continue }
                let wrong = attribute.type == .string ? "1" : "\"text\""
                policies.append(policy("\(guarded)[\(value), \(right)].contains(\(value))", isValid: true))
                policies.append(policy("\(guarded)[\(value), \(wrong)].contains(\(value))", isValid: false))
                if !attribute.isRequired { policies.append(policy("\(value) == \(value)", isValid: false)) }
            }
            if case .string? = type.tags {
                let entity = EntityUID(type: type.name, id: "x")
                policies.append(
                    policy("\(entity).hasTag(\"t\") && \(entity).getTag(\"t\") like \"x\"", isValid: true))
            }
        }
        return Array(policies.prefix(12))
    }

    private static func policy(_ condition: String, isValid: Bool) -> JSON {
        ["text": .text("permit(principal, action, resource) when { \(condition) };"), "valid": .bool(isValid)]
    }

    /// An expression of exactly this type, if there is one that the validator takes.
    private func literal(_ type: CedarType) -> String? {
        switch type {
        case .bool: "true"
        case .long: "1"
        case .string: "\"text\""
        case .decimal: "decimal(\"1.0\")"
        case .ip: "ip(\"::1\")"
        case .datetime: "datetime(\"2024-01-01\")"
        case .duration: "duration(\"1h\")"
        case .set(let element): literal(element).map { "[\($0)]" }
        case .record(let record): literal(record)
        case .entity(let name): entity(name)
        }
    }

    private func literal(_ record: RecordType) -> String? {
        var fields: [String] = []
        for attribute in record.attributes {
            guard attribute.isRequired, let value = literal(attribute.type) else { return nil }
            fields.append("\(StringEscapes.quoted(attribute.name)): \(value)")
        }
        return "{\(fields.joined(separator: ", "))}"
    }

    private func entity(_ name: EntityTypeName) -> String? {
        if name.isAction { return schema.actions.keys.filter { $0.type == name }.min()?.description }
        if case .enumerated(let ids)? = schema.entityTypes[name]?.kind {
            return ids.first.map { EntityUID(type: name, id: $0).description }
        }
        return EntityUID(type: name, id: "y").description
    }
}
