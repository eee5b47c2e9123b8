// SPDX-License-Identifier: Apache-2.0

public import Cedar
import Packs
import Passports
public import StrictJSON
import ToolTypes
public import WireTypes

/// Evidence read back: what is needed to make the decision again.
public struct ArchivedDecision: Sendable {
    /// The whole record, for people.
    public let record: JSON
    let blind: [UInt8]
    private(set) var inputs: DecisionInputs
    let late: Reason?

    /// The policies that were in force, those of task grants too.
    public var policies: PolicyBook { inputs.policies }

    /// Why evidence cannot be read: a member that is missing or not what it should be, or a document that is gone.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// For people.
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - content: a document by its digest.
    ///   - rulebook: the rulebook that a configuration (canonical JSON) and policy files make.
    /// - Throws: `Failure`.
    public init(
        _ record: JSON, content: (Digest) throws -> [UInt8]?,
        rulebook: (_ configuration: [UInt8], _ policies: [PolicyFile]) throws -> Rulebook
    ) throws {
        func member(_ name: UTF8String) throws -> JSON {
            guard let value = record[name] else { throw Failure("the evidence has no \(name)") }
            return value
        }
        func document(_ name: UTF8String) throws -> [UInt8] {
            guard let digest = try member(name).digest, let bytes = try content(digest) else {
                throw Failure("the archive has no \(name)")
            }
            return bytes
        }
        guard record["type"] == "writ.evidence/1", let blind = Base64URL.decode(try member("blind").text) else {
            throw Failure("the evidence is not of a type that this version reads")
        }
        guard let now = Timestamp(parsing: try member("now").text) else { throw Failure("the evidence has no time") }
        let files = try PolicyBook.files(archive: document("policies"))
        var resolved: [UTF8String: [UTF8String]] = [:]
        for entry in try member("resolved").object?.members ?? [] {
            resolved[entry.key] = entry.value.array?.compactMap(\.string)
        }
        let answers = resolved
        self.record = record
        self.blind = blind
        let call = try ToolCall(archived: member("call"), credential: try Self.credential(member("credential")))
        let pin = try record["pin"].map { try Pin(archived: $0) }
        var pinnedType = ArgumentType.undeclared
        if let approved = pin?.approved, approved == call.definition {
            guard let bytes = try content(approved) else { throw Failure("the archive has no definition of the tool") }
            pinnedType = PinnedDefinitions.argumentType(bytes)
        }
        inputs = DecisionInputs(
            call: call, now: now, local: try LocalTime(archived: member("local")),
            killSwitches: try (member("kill_switches").array ?? []).map { try KillSwitch(archived: $0) },
            standings: try Self.standings(member("standings")), pin: pin, pinnedType: pinnedType,
            labels: try record["labels"].map { try Self.labels($0) },
            rulebook: try rulebook(document("configuration"), files), resolve: { answers[$0] ?? [] })
        if let grants = record["grants"]?.array {
            inputs.grants = try GrantsInForce(archived: grants, over: inputs.rulebook.policies, content: content)
        }
        if let approval = record["approval"] {
            guard let facts = ApprovalFacts(archived: approval) else {
                throw Failure("the evidence's approval cannot be read")
            }
            inputs.approval = facts
        }
        if let late = record["late"] {
            guard let code = ReasonCode(rawValue: late["code"]?.text ?? ""), let message = late["message"]?.string
            else {
                throw Failure("the evidence names a reason that this version does not know")
            }
            self.late = Reason(code, message)
        } else {
            late = nil
        }
    }

    private static func credential(_ json: JSON) throws -> Credential {
        if let why = json["unreadable"]?.string { return .unreadable(why) }
        if let verified = json["verified"] {
            do throws(PassportError) { return .verified(try VerifiedCredential(archived: verified)) } catch {
                throw Failure("the evidence's credential is unreadable: \(error)")
            }
        }
        guard let passport = json["passport"] else { return .none }
        guard let bytes = Base64URL.decode(passport.text) else {
            throw Failure("the evidence's passport is unreadable")
        }
        guard let possession = json["possession"] else { return .passport(bytes) }
        do throws(PassportError) { return .held(bytes, try Possession(archived: possession)) } catch {
            throw Failure("the evidence's proof of possession is unreadable: \(error)")
        }
    }

    private static func labels(_ json: JSON) throws -> SessionLabels {
        var labels = SessionLabels()
        for agent in json.object?.members ?? [] {
            for member in agent.value.object?.members ?? [] {
                guard let label = SessionLabel(rawValue: member.key.string),
                    let end = Timestamp(parsing: member.value.text)
                else { throw Failure("the evidence names a label that this version does not know") }
                labels[agent.key][label] = end
            }
        }
        return labels
    }

    private static func standings(_ json: JSON) throws -> [UTF8String: LoggedStanding] {
        var standings: [UTF8String: LoggedStanding] = [:]
        for member in json.object?.members ?? [] {
            guard let standing = LoggedStanding(rawValue: member.value.text) else {
                throw Failure("the evidence names a standing that this version does not know")
            }
            standings[member.key] = standing
        }
        return standings
    }
}

extension ToolCall {
    fileprivate init(archived json: JSON, credential: Credential) throws {
        guard let surface = Surface(rawValue: json["surface"]?.text ?? ""),
            let enforcement = Enforcement(rawValue: json["enforcement"]?.text ?? ""),
            let method = json["method"]?.string, let server = json["server"]?.string, let tool = json["tool"]?.string,
            let isListed = json["listed"]?.bool, let message = json["message"],
            let arguments = json["arguments_place"]?.string.flatMap(JSONPointer.init(parsing:)),
            let parameters = json["parameters_place"]?.string.flatMap(JSONPointer.init(parsing:)),
            let workingDirectory = json["working_directory"]?.string, let isLocal = json["local_files"]?.bool
        else { throw ArchivedDecision.Failure("the evidence's call is incomplete") }
        // What was decided before tools were pinned has no such member, and was held to none.
        self.init(
            surface: surface, enforcement: enforcement, method: method, server: server, tool: tool,
            isListed: isListed, serverDigest: json["server_digest"]?.digest, definition: json["definition"]?.digest,
            isHeldToPin: json["held_to_pin"]?.bool ?? false,
            builtInMap: json["built_in_map"]?.string, message: message,
            argumentsPlace: arguments, parametersPlace: parameters,
            defect: json["defect"]?.string, credential: credential,
            place: WorkingPlace(
                workingDirectory: workingDirectory, home: json["home"]?.string, project: json["project"]?.string,
                isLocal: isLocal),
            session: json["session"]?.string, nonce: json["nonce"]?.string)
        operation = try json["operation"].map { try Operation(archived: $0, method: method) } ?? .tool
        isAutoApproved = json["auto_approved"] == true
        // Never asked of a rulebook again: of what was decided before packs were at every door, `check` named the one.
        packs = try (json["packs"]?.array ?? []).map { try PackBinding(archived: $0) }
        if let pack = json["pack"]?.string { packs = [PackBinding(pack: pack, tool: tool)] }
    }
}

extension Operation {
    fileprivate init(archived json: JSON, method: UTF8String) throws {
        switch (json["kind"]?.text, json["uri"]?.string, json["name"]?.string) {
        case ("resource", let uri?, nil): self = .resource(method: method, uri: uri)
        case ("prompt", nil, let name?): self = .prompt(method: method, name: name)
        case ("task", nil, nil): self = .task(method: method)
        case ("server_request", nil, nil): self = .serverRequest(method: method)
        case ("answer", nil, nil): self = .answer(method: method)
        case ("unknown", nil, nil): self = .unknown(method: method)
        default: throw ArchivedDecision.Failure("the evidence's call is of a kind that this version does not know")
        }
    }
}

extension Pin {
    fileprivate init(archived json: JSON) throws {
        guard let seen = json["seen"]?.digest, let sightings = json["sightings"]?.int64 else {
            throw ArchivedDecision.Failure("the evidence's pin cannot be read")
        }
        self.init(approved: json["approved"]?.digest, seen: seen, sightings: sightings)
    }
}

extension LocalTime {
    fileprivate init(archived json: JSON) throws {
        guard let hour = json["hour"]?.int64, let minute = json["minute"]?.int64, let weekday = json["weekday"]?.int64,
            let date = json["date"]?.string
        else { throw ArchivedDecision.Failure("the evidence's local time is incomplete") }
        self.init(hour: hour, minute: minute, weekday: weekday, date: date)
    }
}

extension KillSwitch {
    fileprivate init(archived json: JSON) throws {
        guard let scope = KillScope(kind: json["scope"]?.text ?? "", target: json["target"]?.string),
            let reason = json["reason"]?.string
        else { throw ArchivedDecision.Failure("the evidence's kill switches cannot be read") }
        self.init(scope: scope, reason: reason)
    }
}

extension JSON {
    /// The string, empty where this is none.
    fileprivate var text: String { string?.string ?? "" }

    fileprivate var digest: Digest? { string.flatMap { Digest(base64URL: $0.string) } }
}
