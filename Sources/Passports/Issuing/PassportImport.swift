// SPDX-License-Identifier: Apache-2.0

import StrictJSON
public import WireTypes

/// A foreign OAP passport, read leniently and rewritten strictly, with a report of everything that was done.
///
/// OAP's schema, text, tools and hosted service disagree about members and their spelling; all published forms are
/// read. What cannot be understood is dropped and reported where that takes away authority, and refused otherwise.
public struct PassportImport: Sendable {
    /// The passport as it would be signed.
    public let passport: Passport
    /// What was done, member by member, in the order of OAP's members.
    public let findings: [ImportFinding]

    /// Reads a foreign passport: an OAP object, or an answer of a service with one under `passport`.
    ///
    /// - Parameters:
    ///   - id: the passport's id where the file has none that is allowed.
    ///   - now: its times where the file has none.
    /// - Throws: `PassportError` with the place and what to do, where no consistent passport can be made.
    public init(
        reading bytes: [UInt8], options: ImportOptions = ImportOptions(), id: UUIDv7, at now: Timestamp
    ) throws(PassportError) {
        var importer = try Importer(bytes, options)
        try importer.takeIdentity(id)
        try importer.takeAuthority()
        try importer.takeTimes(now)
        try importer.takeMetadata()
        importer.dropTheRest()
        passport = try Passport(.object(importer.written))
        findings = importer.findings
    }
}

/// The work of an import: `source` is read, `written` grows.
private struct Importer {
    let source: JSONObject
    let options: ImportOptions
    var written = JSONObject()
    var findings: [ImportFinding] = []
    /// The foreign `passport_id`, where it was replaced.
    var replacedID: UTF8String?

    init(_ bytes: [UInt8], _ options: ImportOptions) throws(PassportError) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: PassportLimits.file) } catch {
            throw .malformed(error)
        }
        guard json["type"] != .string(PassportFile.type) else {
            throw PassportError(
                .notAPassport, at: JSONPointer(["type"]), "this file is a signed passport already",
                "put it among the passports; `writ passport verify` says whether its issuer is trusted")
        }
        let wrapped = json["passport_id"] == nil && json["agent_id"] == nil ? json["passport"] : nil
        guard let object = (wrapped ?? json).object else {
            throw PassportError(.notAPassport, at: JSONPointer(), "not a JSON object", "give an OAP passport")
        }
        source = object
        self.options = options
    }

    mutating func takeIdentity(_ id: UUIDv7) throws(PassportError) {
        let foreign = try string("passport_id")
        takePassportID(foreign, id)
        if let agentID = options.agentID {
            set("agent_id", agentID, source["agent_id"] == .string(agentID) ? .found : .changed, "as you asked")
        } else if try string("agent_id") != nil {
            keep("agent_id")
        } else if let foreign {
            set("agent_id", foreign, .defaulted, "the passport's id")
        } else {
            throw missing("agent_id", "say which agent this is with --agent-id")
        }
        let parent = try takeParent()
        takeOrDefault("kind", (parent == nil ? PassportKind.template : .instance).wire)
        try takeSpecVersion()
        if let ownerID = options.ownerID {
            set("owner_id", ownerID, source["owner_id"] == .string(ownerID) ? .found : .changed, "as you asked")
        } else if try string("owner_id") != nil {
            keep("owner_id")
        } else {
            throw missing("owner_id", "say whose agent this is with --owner")
        }
        takeOrDefault("owner_type", written["owner_id"]?.string?.hasPrefix("org") == true ? "org" : "user")
        if let did = try string("did") {
            if Identifier.isDID(did) { keep("did") } else { report(.dropped, "did", "not a DID") }
        }
    }

    private mutating func takePassportID(_ foreign: UTF8String?, _ id: UUIDv7) {
        guard let foreign else {
            set("passport_id", UTF8String(id.text), .defaulted, "a new id")
            return
        }
        let lowered = UTF8String(String(decoding: foreign.bytes.map(lowercased), as: UTF8.self))
        if Identifier.isPassportID(foreign) {
            keep("passport_id")
        } else if Identifier.isUUID(lowered) {
            set("passport_id", lowered, .changed, "in lower case")
        } else {
            replacedID = foreign
            set("passport_id", UTF8String(id.text), .changed, "a new id; the old one is metadata.source_passport_id")
        }
    }

    /// OAP's text and schema name the template differently; both are read and one is written.
    private mutating func takeParent() throws(PassportError) -> UTF8String? {
        let parent = try string("parent_agent_id")
        let template = try string("template_id")
        if let parent {
            guard template == nil || template == parent else {
                throw PassportError(
                    .contradiction, at: JSONPointer(["template_id"]), "parent_agent_id names another template",
                    "keep one of them")
            }
            keep("parent_agent_id")
            if template != nil { report(.dropped, "template_id", "the same as parent_agent_id") }
            return parent
        }
        guard let template else { return nil }
        written["parent_agent_id"] = .string(template)
        report(.changed, "template_id", "written as parent_agent_id")
        return template
    }

    private mutating func takeSpecVersion() throws(PassportError) {
        switch try string("spec_version") {
        case nil: set("spec_version", Passport.specVersion, .defaulted, "oap/1.0")
        case Passport.specVersion?: keep("spec_version")
        case "1.0"?, "1.0.0"?, "oap/1.0+ext"?: set("spec_version", Passport.specVersion, .changed, "oap/1.0")
        default:
            throw PassportError(
                .invalidValue, at: JSONPointer(["spec_version"]), "not a version of OAP that is known here",
                "only oap/1.0 can be imported")
        }
    }

    mutating func takeAuthority() throws(PassportError) {
        if let assurance = options.assurance {
            let same = source["assurance_level"] == .string(assurance.wire)
            set("assurance_level", assurance.wire, same ? .found : .changed, "as you asked")
        } else {
            takeOrDefault("assurance_level", Assurance.l0.wire)
            if written["assurance_level"] != .string(Assurance.l0.wire) {
                report(
                    .notice, "assurance_level",
                    "whoever signs vouches that the owner was checked so; --assurance lowers it")
            }
        }
        takeOrDefault("status", PassportStatus.draft.wire)
        try takeCapabilities()
        if isThere("limits") { keep("limits") } else { set("limits", .object(JSONObject()), .defaulted, "none") }
        try takeRegions()
    }

    private mutating func takeCapabilities() throws(PassportError) {
        guard isThere("capabilities") else {
            set("capabilities", .array([]), .defaulted, "none")
            return
        }
        let elements = try Members(.object(source), at: JSONPointer()).array("capabilities")
        try Members.bound(elements.count, PassportLimits.capabilitiesMax, JSONPointer(["capabilities"]))
        report(.found, "capabilities", "\(elements.count)")
        var kept: [JSON] = []
        for (index, element) in elements.enumerated() {
            let place = JSONPointer(["capabilities", UTF8String(String(index))])
            guard let id = element.string ?? element["id"]?.string else {
                throw Members.wrongType(element, place, "an object with an id")
            }
            guard Identifier.isCapability(id) else {
                report(.dropped, place, "its id is not of OAP's form, so no pack can ask for it")
                continue
            }
            var capability = JSONObject()
            capability["id"] = .string(id)
            if element["params"]?.isNull == false { capability["params"] = element["params"] }
            if element.string != nil { report(.changed, place, "written as an object") }
            for key in element.object?.keys ?? [] where key != "id" && key != "params" {
                report(.dropped, place.appending(key), "capabilities have no such member")
            }
            if kept.contains(.object(capability)) {
                report(.dropped, place, "in the list already")
            } else {
                kept.append(.object(capability))
            }
        }
        written["capabilities"] = .array(kept)
    }

    private mutating func takeRegions() throws(PassportError) {
        guard isThere("regions") else {
            set("regions", .array([]), .defaulted, "none: calls that name a region will be refused")
            return
        }
        let elements = try Members(.object(source), at: JSONPointer()).array("regions")
        try Members.bound(elements.count, PassportLimits.regionsMax, JSONPointer(["regions"]))
        report(.found, "regions", "\(elements.count)")
        var kept: [JSON] = []
        for (index, element) in elements.enumerated() {
            let place = JSONPointer(["regions", UTF8String(String(index))])
            guard let text = element.string else { throw Members.wrongType(element, place, "a string") }
            let upper = UTF8String(String(decoding: text.bytes.map(uppercased), as: UTF8.self))
            if !Identifier.isRegion(upper) {
                report(.dropped, place, "not a region such as DE or US-CA")
            } else if kept.contains(.string(upper)) {
                report(.dropped, place, "in the list already")
            } else {
                if upper != text { report(.changed, place, "in upper case") }
                kept.append(.string(upper))
            }
        }
        written["regions"] = .array(kept)
    }

    mutating func takeTimes(_ now: Timestamp) throws(PassportError) {
        takeOrDefault("created_at", UTF8String(now.text))
        takeOrDefault("updated_at", UTF8String(now.text))
        if isThere("not_before") { keep("not_before") }
        let never = isThere("never_expires") ? source["never_expires"]?.bool : nil
        if let value = source["never_expires"], !value.isNull, never == nil {
            throw Members.wrongType(value, JSONPointer(["never_expires"]), "true or false")
        }
        if let expiresAt = options.expiresAt {
            set("expires_at", UTF8String(expiresAt.text), .changed, "as you asked")
        } else if isThere("expires_at") {
            keep("expires_at")
        } else if never == false {
            throw missing("expires_at", "the file says that it expires but not when: say so with --expires")
        } else {
            set("never_expires", .bool(true), never == nil ? .defaulted : .found, "true")
            report(.notice, "never_expires", "it will count until it is revoked; --expires bounds it")
        }
        if never == true, written["expires_at"] != nil {
            report(.dropped, "never_expires", "expires_at counts")
        }
        try takeVersion()
    }

    private mutating func takeVersion() throws(PassportError) {
        guard let version = try string("version") else {
            set("version", "1.0.0" as UTF8String, .defaulted, "1.0.0")
            return
        }
        if Identifier.isVersion(version) {
            keep("version")
        } else {
            set("version", "1.0.0" as UTF8String, .changed, "1.0.0")
        }
    }

    mutating func takeMetadata() throws(PassportError) {
        var metadata = JSONObject()
        if isThere("metadata") {
            if let object = source["metadata"]?.object {
                metadata = object
                report(.found, "metadata", "\(object.count) members, none of which grants anything")
            } else {
                report(.dropped, "metadata", "not an object")
            }
        }
        if metadata["teams"] != nil {
            metadata["teams"] = nil
            report(.dropped, JSONPointer(["metadata", "teams"]), "memberships here are given with --team")
        }
        if !options.teams.isEmpty {
            metadata["teams"] = .array(options.teams.map { .string($0) })
            report(.changed, JSONPointer(["metadata", "teams"]), "as you asked")
        }
        if let replacedID { metadata["source_passport_id"] = .string(replacedID) }
        if !metadata.isEmpty { written["metadata"] = .object(metadata) }
    }

    mutating func dropTheRest() {
        let proofs: [UTF8String] = ["signature", "kid", "proof", "decision_token"]
        for key in source.keys where !Passport.members.contains(key) && key != "template_id" {
            report(
                .dropped, key,
                proofs.contains(key) ? "not checked: your own signature replaces it" : "not a member of OAP 1.0")
        }
    }

    /// Whether a member is there and not `null`, which foreign tools write for absent ones.
    private func isThere(_ key: UTF8String) -> Bool { source[key].map { !$0.isNull } ?? false }

    private func string(_ key: UTF8String) throws(PassportError) -> UTF8String? {
        isThere(key) ? try Members(.object(source), at: JSONPointer()).string(key) : nil
    }

    private mutating func keep(_ key: UTF8String) {
        written[key] = source[key]
        report(.found, key, "taken as it is")
    }

    private mutating func takeOrDefault(_ key: UTF8String, _ value: UTF8String) {
        if isThere(key) { keep(key) } else { set(key, value, .defaulted, value.string) }
    }

    private mutating func set(_ key: UTF8String, _ value: UTF8String, _ kind: ImportFinding.Kind, _ message: String) {
        set(key, .string(value), kind, message)
    }

    private mutating func set(_ key: UTF8String, _ value: JSON, _ kind: ImportFinding.Kind, _ message: String) {
        written[key] = value
        report(kind, key, message)
    }

    private mutating func report(_ kind: ImportFinding.Kind, _ key: UTF8String, _ message: String) {
        report(kind, JSONPointer([key]), message)
    }

    private mutating func report(_ kind: ImportFinding.Kind, _ path: JSONPointer, _ message: String) {
        findings.append(ImportFinding(kind: kind, path: path, message: message))
    }

    private func missing(_ key: UTF8String, _ remedy: String) -> PassportError {
        PassportError(.missingMember, at: JSONPointer([key]), "this member is missing", remedy)
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

private func uppercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xdf : byte
}
