// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Cedar

/// Everything that reads bytes from outside, with what it says of them.
enum Grammar: CaseIterable {
    case policies, layout, policyJSON, policySetJSON
    case schema, schemaJSON
    case entities, entitiesBySchema, context, contextBySchema

    static let texts: [Grammar] = [.policies, .layout, .schema]
    static let documents = allCases.filter { !texts.contains($0) }
    static let policyTexts: [Grammar] = [.policies, .layout]
    static let data: [Grammar] = [.entities, .entitiesBySchema, .context, .contextBySchema]

    static let fine = "fine"

    /// `fine`, or the codes of all errors; on a small stack. No error is without a message or shows control characters.
    func answer(_ bytes: [UInt8]) throws -> String {
        try SmallStack.run {
            do {
                try read(bytes)
                return Self.fine
            } catch let error as PolicyErrors {
                return Self.codes(error.all.map { ($0.code.rawValue, "\($0)") })
            } catch let error as SchemaErrors {
                return Self.codes(error.all.map { ($0.code.rawValue, "\($0)") })
            } catch let error as PolicyJSONError {
                return Self.codes([(error.code.rawValue, "\(error)")])
            } catch let error as EntityError {
                return Self.codes([(error.code.rawValue, "\(error)")])
            } catch { return "\(error)" }
        }
    }

    func answer(_ text: String) throws -> String { try answer(Array(text.utf8)) }

    private static func codes(_ errors: [(code: String, text: String)]) -> String {
        for (_, text) in errors {
            if text.isEmpty { return "an error without a message" }
            if text.utf8.count > 2000 { return "an error of \(text.utf8.count) bytes" }
            if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                return "an error with control characters: \(text.debugDescription)"
            }
        }
        return errors.count > 100 ? "\(errors.count) errors" : errors.map(\.code).joined(separator: " ")
    }

    private func read(_ bytes: [UInt8]) throws {
        let file = PolicyFile(name: "bad", bytes: bytes)
        switch self {
        case .policies: _ = try PolicySet.parse([file])
        case .layout: _ = try PolicyFormatter().format(file)
        case .policyJSON: _ = try PolicyStatement(parsingCedarJSON: bytes)
        case .policySetJSON: _ = try PolicySet(parsingCedarJSON: bytes)
        case .schema: _ = try Schema(parsing: bytes)
        case .schemaJSON: _ = try Schema(parsing: bytes, format: .json)
        case .entities: _ = try Entities(parsingCedarJSON: bytes)
        case .entitiesBySchema: _ = try Entities(parsingCedarJSON: bytes, schema: Self.world())
        case .context: _ = try CedarRecord(parsingCedarJSON: bytes)
        case .contextBySchema:
            _ = try CedarRecord(parsingCedarJSON: bytes, schema: Self.world(), action: Self.action)
        }
    }

    private static let action = EntityUID(type: "Action", id: "a")

    private static func world() throws -> Schema {
        try Schema(
            parsing: """
                entity E in [E] {s?: Set<Long>, n?: Long, t?: String, d?: decimal, w?: duration, "\0"?: Long} tags Long;
                action a appliesTo {
                    principal: E, resource: E,
                    context: {s?: Set<Long>, n?: Long, t?: String, d?: decimal, w?: duration, "\0"?: Long}
                };
                """)
    }

    /// A document in which `value`, of JSON or of text, is where a value goes.
    func holding(_ value: String) -> String {
        let scope = #""effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"}"#
        let statement = #"{\#(scope),"conditions":[{"kind":"when","body":\#(value)}]}"#
        switch self {
        case .policies, .layout: return "permit (principal, action, resource) when { \(value) };"
        case .policyJSON: return statement
        case .policySetJSON: return #"{"staticPolicies":{"p":\#(statement)},"templates":{},"templateLinks":[]}"#
        case .schema: return "entity E {n: \(value)};"
        case .schemaJSON:
            return #"{"":{"entityTypes":{"E":{"shape":{"type":"Record","attributes":{"n":\#(value)}}}},"actions":{}}}"#
        case .entities, .entitiesBySchema:
            return #"[{"uid":{"type":"E","id":"x"},"attrs":{"n":\#(value)},"parents":[]}]"#
        case .context, .contextBySchema: return #"{"n":\#(value)}"#
        }
    }
}
