// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A policy file as it is on disk.
public struct PolicyFile: Sendable {
    /// The name, for ids and error messages.
    public let name: UTF8String
    /// The content: Cedar's policy language in UTF-8, without a byte order mark.
    public let bytes: [UInt8]

    /// A file from its parts.
    public init(name: UTF8String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// How a policy or template gets its id from the place where it is written.
public struct PolicyNaming: Sendable {
    /// What an id can be made of.
    public struct Place: Sendable {
        /// The file's name.
        public let file: UTF8String
        /// Policies and templates before it in its file.
        public let indexInFile: Int
        /// Policies and templates before it in all files of the set.
        public let indexInSet: Int
        /// Its annotations.
        public let annotations: Annotations
    }

    private let rule: @Sendable (Place) -> UTF8String

    /// A rule of one's own.
    public init(_ rule: @escaping @Sendable (Place) -> UTF8String) { self.rule = rule }

    /// The `@id` annotation if there is one, else `file#n`, n counting from 0.
    public static let idOrPosition = PolicyNaming { place in
        place.annotations["id"] ?? UTF8String("\(place.file)#\(place.indexInFile)")
    }

    /// `policy0`, `policy1`, … over all files, as other Cedar engines name what they parse.
    public static let position = PolicyNaming { place in UTF8String("policy\(place.indexInSet)") }

    func id(of place: Place) -> UTF8String { rule(place) }
}

/// Policies and templates with unique ids.
public struct PolicySet: Sendable {
    private var policiesByID: [UTF8String: Policy]
    private var templatesByID: [UTF8String: Template]
    /// The policies, sorted by id; those made from templates too.
    public private(set) var policies: [Policy]
    /// Their scopes, in the same order.
    private(set) var scopes = ScopeTable()

    /// No policies.
    public init() {
        policiesByID = [:]
        templatesByID = [:]
        policies = []
    }

    /// Reads policy files into one set, each of at most `CedarLimits.policyFileBytesMax`; together at most
    /// `CedarLimits.policiesMax` policies and templates. A file without policies is no mistake.
    ///
    /// - Throws: `PolicyErrors` with every mistake found: of syntax, at most one per policy and
    ///   `CedarLimits.errorsPerFileMax` per file, and of ids.
    public static func parse(
        _ files: [PolicyFile], naming: PolicyNaming = .idOrPosition
    ) throws(PolicyErrors) -> PolicySet {
        var set = PolicySet()
        var errors: [PolicyError] = []
        var indexInSet = 0
        files: for file in files {
            let parsed = PolicyParser.parse(file.bytes, file: file.name)
            errors += parsed.errors
            var mistakes = parsed.errors.count
            for (index, statement) in parsed.statements.enumerated() {
                let place = PolicyNaming.Place(
                    file: file.name, indexInFile: index, indexInSet: indexInSet, annotations: statement.annotations)
                indexInSet += 1
                guard let error = set.insert(statement, id: naming.id(of: place), file: file.name) else { continue }
                errors.append(error)
                mistakes += 1
                if error.code == .limitExceeded { break files }
                if mistakes >= CedarLimits.errorsPerFileMax { break }
            }
        }
        guard errors.isEmpty else { throw PolicyErrors(all: errors) }
        set.sort()
        return set
    }

    /// The templates, sorted by id.
    public var templates: [Template] { templatesByID.values.sorted { $0.id < $1.id } }

    /// The policy of that id, or `nil`; templates are not among them.
    public subscript(id: UTF8String) -> Policy? { policiesByID[id] }

    /// The template of that id, or `nil`.
    public func template(_ id: UTF8String) -> Template? { templatesByID[id] }

    /// The policies that satisfy `isIncluded`, and all templates.
    public func filter(_ isIncluded: (Policy) -> Bool) -> PolicySet {
        var set = self
        set.policiesByID = policiesByID.filter { isIncluded($0.value) }
        set.policies = policies.filter { set.policiesByID[$0.id] != nil }
        set.scopes = ScopeTable(set.policies)
        return set
    }

    /// Adds the policy that a template becomes when its slots are filled.
    ///
    /// - Throws: `LinkError`; the set is then as before.
    public mutating func link(
        _ templateID: UTF8String, as newID: UTF8String, _ values: [Slot: EntityUID]
    ) throws(LinkError) {
        let policy = try insertLink(templateID, as: newID, values)
        let place = policies.firstIndex { newID < $0.id } ?? policies.endIndex
        policies.insert(policy, at: place)
        scopes.insert(policy, at: place)
    }

    /// As `link`, for many links: the policies are in order again after `sort()`.
    @discardableResult
    mutating func insertLink(
        _ templateID: UTF8String, as newID: UTF8String, _ values: [Slot: EntityUID]
    ) throws(LinkError) -> Policy {
        guard let template = templatesByID[templateID] else { throw .unknownTemplate }
        guard !newID.isEmpty, isFree(newID) else { throw .invalidID }
        guard Set(values.keys) == template.slots else { throw .slotsDiffer }
        guard policiesByID.count < CedarLimits.policiesMax else { throw .limitExceeded }
        let policy = Policy(
            id: newID, statement: template.statement.filling(values), file: template.file,
            link: TemplateLink(templateID: templateID, values: values))
        policiesByID[newID] = policy
        return policy
    }

    private func isFree(_ id: UTF8String) -> Bool { policiesByID[id] == nil && templatesByID[id] == nil }

    /// Adds a policy or template, if its id is free; the policies are in order again after `sort()`.
    mutating func insert(_ statement: PolicyStatement, id: UTF8String, file: UTF8String) -> PolicyError? {
        func error(_ code: PolicyError.Code, _ message: String) -> PolicyError {
            PolicyError(code: code, file: file, span: statement.span, message: message)
        }
        guard !id.isEmpty else { return error(.emptyID, "a policy's id may not be empty") }
        guard isFree(id) else { return error(.duplicateID, "the id `\(id.shortened(scalars: 80))` is already taken") }
        guard policiesByID.count + templatesByID.count < CedarLimits.policiesMax else {
            return error(.limitExceeded, "more than \(CedarLimits.policiesMax) policies")
        }
        if statement.slots.isEmpty {
            policiesByID[id] = Policy(id: id, statement: statement, file: file, link: nil)
        } else {
            templatesByID[id] = Template(id: id, statement: statement, file: file)
        }
        return nil
    }

    mutating func sort() {
        policies = policiesByID.values.sorted { $0.id < $1.id }
        scopes = ScopeTable(policies)
    }
}
