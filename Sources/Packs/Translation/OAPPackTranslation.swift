// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// An OAP pack file as Cedar policies: forbids that hold where a rule of the pack is broken. They permit nothing.
public struct OAPPackTranslation: Sendable {
    /// Something that could not be translated.
    public struct Refusal: Sendable, Equatable {
        /// Where: `evaluation_rules/row_limit`, `required_context/properties/url/pattern`.
        public let place: UTF8String
        /// Why not.
        public let reason: UTF8String
    }

    /// The pack.
    public let pack: UTF8String
    /// The policies.
    public let policies: UTF8String
    /// How many they are.
    public let count: Int
    /// What is not in them.
    public let refusals: [Refusal]
    /// What is worth knowing, line by line.
    public let notes: [UTF8String]

    /// Why a file is no pack.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// For people.
        public let description: String

        /// A failure.
        public init(description: String) { self.description = description }
    }

    /// A pack file's id, or `nil`.
    public static func id(of bytes: [UInt8]) -> UTF8String? {
        do throws(JSONError) { return try JSON(parsing: bytes, limits: Limits.packFile)["id"]?.string } catch {
            return nil
        }
    }

    /// Translates a file.
    ///
    /// - Parameters:
    ///   - tools: the calls that come under the pack, as actions' ids: `local/image.generate`.
    ///   - codes: the reason codes that a policy may have.
    /// - Throws: `Failure` where the file is no pack.
    public init(_ bytes: [UInt8], tools: [UTF8String], codes: Set<UTF8String>) throws(Failure) {
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes, limits: Limits.packFile) } catch {
            throw Failure(description: "not a pack: \(error)")
        }
        guard let id = document["id"]?.string, !id.isEmpty, id.byteCount <= 128, id.bytes.allSatisfy({ $0.isNameByte })
        else { throw Failure(description: "not a pack: it has no id of letters, digits and ._-") }
        var writer = PackWriter(id: id, document: document, tools: tools, codes: codes)
        try writer.write()
        pack = id
        policies = UTF8String(writer.text)
        count = writer.ids.count
        refusals = writer.refusals
        notes = writer.notes
    }
}

/// Writes one pack's policies.
private struct PackWriter {
    let id: UTF8String
    let document: JSON
    let tools: [UTF8String]
    let codes: Set<UTF8String>
    var text = ""
    var ids: Set<UTF8String> = []
    var refusals: [OAPPackTranslation.Refusal] = []
    var notes: [UTF8String] = []

    init(id: UTF8String, document: JSON, tools: [UTF8String], codes: Set<UTF8String>) {
        self.id = id
        self.document = document
        self.tools = tools
        self.codes = codes
    }

    private var capabilities: [UTF8String] { document["requires_capabilities"]?.array?.compactMap(\.string) ?? [] }

    mutating func write() throws(OAPPackTranslation.Failure) {
        text =
            "// The Open Agent Passport pack \(id), translated. Forbids only: what is permitted say other policies.\n"
        if let name = document["name"]?.string { text += "// \(CedarText.line(name))\n" }
        writeRequirements()
        let types = writeContext()
        let rules = document["evaluation_rules"]?.array ?? []
        guard rules.count <= Limits.importedRulesMax else {
            throw OAPPackTranslation.Failure(description: "a pack has at most \(Limits.importedRulesMax) rules")
        }
        if document["evaluation_rules"].map({ $0.array == nil }) ?? false {
            refuse("evaluation_rules", "no list of rules")
        }
        for (index, rule) in rules.enumerated() { write(rule, index, types) }
        for limit in document["limits_required"]?.array?.compactMap(\.string) ?? [] {
            notes.append(
                UTF8String(
                    "the pack says that a passport has \(CedarText.line(limit)); only rules that read it ask for it"))
        }
    }

    private mutating func writeRequirements() {
        for capability in capabilities {
            policy(
                "capability/\(capability)", "the passport has no capability \(capability)",
                "oap.unknown_capability", holds: "principal.capabilities.contains(\(CedarText.literal(capability)))")
        }
        guard let assurance = document["min_assurance"] else { return }
        let levels: [UTF8String: Int] = ["L0": 0, "L1": 1, "L2": 2, "L3": 3, "L4": 4, "L4KYC": 4, "L4FIN": 4]
        guard let name = assurance.string, let level = levels[name] else {
            return refuse("min_assurance", "no assurance level")
        }
        guard level > 0 else { return }
        policy(
            "assurance", "the pack needs assurance \(name)", "oap.assurance_insufficient",
            holds: "principal.assurance >= \(level)")
    }

    /// What a call must bring, as far as Cedar can ask for it.
    private mutating func writeContext() -> [[UTF8String]: ValueType] {
        var types: [[UTF8String]: ValueType] = [:]
        guard let schema = document["required_context"] else { return types }
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] {
            policy(
                "context/\(name)", "the call has no \(name)", "oap.invalid_context",
                holds: "context.input has \(CedarText.literal(name))")
        }
        for member in schema["properties"]?.object?.members ?? [] {
            let (type, tests, missing) = Self.tests(member.value, "context.input[\(CedarText.literal(member.key))]")
            types[[member.key]] = type
            for inner in member.value["properties"]?.object?.members ?? [] {
                types[[member.key, inner.key]] = Self.tests(inner.value, "").type
            }
            if !tests.isEmpty {
                let place = "context.input has \(CedarText.literal(member.key))"
                policy(
                    "context/\(member.key)/value", "\(member.key) is not what the pack asks for",
                    "oap.invalid_context", holds: "!(\(place)) || (\(tests.joined(separator: " && ")))")
            }
            for keyword in missing {
                refuse(
                    "required_context/properties/\(CedarText.line(member.key, most: 100))/\(CedarText.line(keyword, most: 60))",
                    "Cedar cannot ask for \(keyword)")
            }
        }
        return types
    }

    /// Tests of a value's type and bounds; a value of another type makes the test an error, and then the forbid holds.
    private static func tests(
        _ schema: JSON, _ read: String
    ) -> (type: ValueType, tests: [String], missing: [UTF8String]) {
        var tests: [String] = []
        var missing: [UTF8String] = []
        var type = ValueType.unknown
        switch schema["type"]?.string {
        case "string"?:
            type = .text
            tests.append("\(read) like \"*\"")
        case "integer"?:
            type = .integer
            tests.append("\(read) <= \(read)")
        case "boolean"?:
            type = .truth
            tests.append("(\(read) || true)")
        case "array"?:
            type = .list
            tests.append("\(read).containsAll([])")
        case "object"?: type = .object
        default: break
        }
        for keyword in schema.object?.members ?? [] {
            switch keyword.key {
            case "type" where type != .unknown: break
            case "description", "title", "default", "examples", "$comment", "properties": break
            case "enum":
                let names = keyword.value.array?.compactMap(\.string) ?? []
                guard !names.isEmpty, names.count == keyword.value.array?.count else {
                    missing.append("enum")
                    break
                }
                tests.append("[\(names.map(CedarText.literal).joined(separator: ", "))].contains(\(read))")
            case "const":
                if let text = keyword.value.string {
                    tests.append("\(read) == \(CedarText.literal(text))")
                } else {
                    missing.append("const")
                }
            case "minimum" where type == .integer && keyword.value.int64 != nil:
                tests.append("\(read) >= \(keyword.value.int64 ?? 0)")
            case "maximum" where type == .integer && keyword.value.int64 != nil:
                tests.append("\(read) <= \(keyword.value.int64 ?? 0)")
            case "minLength" where type == .text && keyword.value == 1: tests.append("\(read) != \"\"")
            case "minItems" where type == .list && keyword.value == 1: tests.append("!(\(read).isEmpty())")
            case "minLength", "minItems":
                if keyword.value != 0 { missing.append(keyword.key) }
            case "pattern":
                do throws(TranslationProblem) {
                    guard type == .text, let pattern = keyword.value.string else { throw TranslationProblem("") }
                    tests.append(try ConditionTranslator.like(pattern, read))
                } catch {
                    missing.append("pattern")
                }
            case "additionalProperties": if keyword.value == false { missing.append("additionalProperties") }
            default: missing.append(keyword.key)
            }
        }
        return (type, tests, missing)
    }

    private mutating func write(_ rule: JSON, _ index: Int, _ types: [[UTF8String]: ValueType]) {
        let name = rule["name"]?.string ?? UTF8String("rule-\(index)")
        let place = "evaluation_rules/\(CedarText.line(name, most: 100))"
        let type = rule["type"]?.string ?? "expression"
        guard type == "expression", let condition = rule["condition"]?.string else {
            let validator = rule["validator"]?.string.map { " \(CedarText.line($0, most: 60))" } ?? ""
            return refuse(place, "the validator\(validator) is code of the evaluator's, not an expression")
        }
        do throws(TranslationProblem) {
            let holds = try ConditionTranslator.translate(condition, scopes: capabilities, types: types)
            guard holds != "true" else {
                notes.append(UTF8String("\(place) is checked before policies are asked"))
                return
            }
            let reason = (rule["message"]?.string ?? rule["description"]?.string ?? name).string
            policy(
                "rule/\(CedarText.line(name, most: 100))", reason, rule["deny_code"]?.string, holds: holds)
        } catch {
            refuse(place, error.text)
        }
    }

    private mutating func refuse(_ place: String, _ reason: String) {
        refusals.append(OAPPackTranslation.Refusal(place: UTF8String(place), reason: UTF8String(reason)))
    }

    private mutating func policy(_ name: String, _ reason: String, _ code: UTF8String?, holds: String) {
        let name = CedarText.line(UTF8String(name), most: 120)
        var policyID = UTF8String("oap/\(id)/\(name)")
        var number = 2
        while !ids.insert(policyID).inserted {
            policyID = UTF8String("oap/\(id)/\(name)-\(number)")
            number += 1
        }
        text += "\n@id(\(CedarText.literal(policyID)))\n"
        let line = UTF8String(CedarText.line(UTF8String(reason)))
        if !line.isEmpty { text += "@reason(\(CedarText.literal(line)))\n" }
        if let code {
            let known = PackCodes.canonical(code)
            if codes.contains(known), known != "oap.allowed" {
                text += "@code(\(CedarText.literal(known)))\n"
            } else {
                notes.append(UTF8String("\(name): the code \(CedarText.line(code, most: 60)) is not one of Writ's"))
            }
        }
        let actions = tools.map { "Action::\(CedarText.literal($0))" }
        let action = actions.count == 1 ? "action == \(actions[0])" : "action in [\(actions.joined(separator: ", "))]"
        text += "forbid (principal, \(action), resource)\nunless { \(holds) };\n"
    }
}
