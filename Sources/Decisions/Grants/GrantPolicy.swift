// SPDX-License-Identifier: Apache-2.0

import Cedar
public import Effects
import Passports
public import StrictJSON
public import WireTypes

/// What a task grant permits, before it is a policy: one agent, a few tools, tests of their parameters, and what the calls
/// may touch.
public struct GrantPolicy: Sendable, Hashable {
    /// Who may.
    public let agentID: UTF8String
    /// The tools, in the order given, each once.
    public let tools: [ToolReference]
    /// The one session in which it is so; `nil` for whatever session.
    public let session: UTF8String?
    private let tests: [(tool: ToolReference, test: ParameterTest)]
    private let effects: [GrantedEffect]

    /// Reads what an operator asks for.
    ///
    /// - Parameters:
    ///   - tests: tests of parameters, each of every tool's, or of one's: `SERVER/TOOL:amount <= 100`.
    ///   - effects: as `GrantedEffect` reads them.
    /// - Throws: `GrantMistake`.
    public init(
        agentID: UTF8String, tools: [ToolReference], tests: [UTF8String] = [], effects: [UTF8String] = [],
        session: UTF8String? = nil
    ) throws(GrantMistake) {
        guard Identifier.isName(agentID) else {
            throw GrantMistake("`\(agentID)` is no agent's id; a grant is for one agent, by its exact id")
        }
        guard session.map(CallerToken.isEchoed) ?? true else {
            throw GrantMistake(
                "a session has 1 to \(Limits.tokenBytes) letters, digits and the marks \(CallerToken.marks)")
        }
        guard (1...Limits.grantTools).contains(tools.count), Set(tools).count == tools.count else {
            throw GrantMistake("a grant names 1 to \(Limits.grantTools) tools, each once")
        }
        for tool in tools where tool.server.isEmpty || !ToolName.isPresentable(tool.tool) {
            throw GrantMistake("`\(tool)` is no tool's name: write SERVER/TOOL")
        }
        guard tests.count <= Limits.grantTests, effects.count <= Limits.grantEffects else {
            throw GrantMistake(
                "a grant has at most \(Limits.grantTests) tests of parameters and \(Limits.grantEffects) effects")
        }
        self.agentID = agentID
        self.tools = tools
        self.session = session
        var all: [(tool: ToolReference, test: ParameterTest)] = []
        for text in tests {
            let (scope, rest) = Self.scope(text, tools)
            let test = try ParameterTest(parsing: rest)
            all += scope.map { (tool: $0, test: test) }
        }
        self.tests = all
        var read: [GrantedEffect] = []
        for text in effects { read.append(try GrantedEffect(parsing: text)) }
        self.effects = read
    }

    /// Equal where the same is asked for.
    public static func == (left: GrantPolicy, right: GrantPolicy) -> Bool {
        left.agentID == right.agentID && left.tools == right.tools && left.session == right.session
            && left.effects == right.effects && left.tests.map(\.tool) == right.tests.map(\.tool)
            && left.tests.map(\.test) == right.tests.map(\.test)
    }

    /// Feeds all that is asked for.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(agentID)
        hasher.combine(tools)
        hasher.combine(session)
        hasher.combine(effects)
        hasher.combine(tests.map(\.test))
    }

    /// Whether a parameter of a tool is tested.
    public func isTesting(_ tool: ToolReference) -> Bool { tests.contains { $0.tool == tool } }

    /// What the ids of a grant's policies begin with.
    static func idPrefix(_ id: UUIDv7) -> UTF8String { UTF8String("grant/\(id)/") }

    /// The policy's text: for each tool one permit of the call, and one for each thing that the call may touch.
    ///
    /// Cedar writes it from its own tree of it, and it is read back and compared: what is in it is what was asked for.
    ///
    /// - Parameters:
    ///   - id: the grant's.
    ///   - until: when it ends; the text says so too.
    ///   - schema: what is known of the tools.
    /// - Throws: `GrantMistake` where a test is of no parameter of its tool, or can never be true.
    public func text(id: UUIDv7, until: Timestamp, schema: GrantSchema) throws(GrantMistake) -> UTF8String {
        var statements: [PolicyStatement] = []
        for tool in tools {
            let conditions = try conditions(of: tool, until: until, schema)
            let name = UTF8String("\(tool)")
            statements.append(
                try statement(
                    id, statements.count + 1, action: .action(name),
                    resource: [
                        "op": "==", "entity": CedarForm.entity(EntityUID(type: .tool, id: name)),
                    ], conditions))
            for effect in effects {
                let targets: [(operation: JSON, name: ResourceName)] =
                    effect.things.map { (operation: .text("=="), name: $0) }
                    + effect.places.map { (operation: .text("in"), name: $0) }
                for target in targets {
                    statements.append(
                        try statement(
                            id, statements.count + 1, action: .action(UTF8String(effect.verb.rawValue)),
                            resource: [
                                "op": target.operation, "entity": CedarForm.entity(CedarWorld.uid(target.name)),
                            ], [Self.isOf(tool)] + conditions))
                }
            }
        }
        let text = UTF8String(statements.map { "\($0)\n" }.joined(separator: "\n"))
        guard text.byteCount <= Limits.grantPolicyBytes else {
            throw GrantMistake("the grant's policy would have more than \(Limits.grantPolicyBytes) bytes: give several")
        }
        try Self.check(text, statements)
        return text
    }

    // MARK: parts

    /// The tools that a test is of, and the test.
    private static func scope(
        _ text: UTF8String, _ tools: [ToolReference]
    ) -> (tools: [ToolReference], test: UTF8String) {
        let named = tools.filter { text.hasPrefix(UTF8String("\($0):")) }.max { $0.tool.byteCount < $1.tool.byteCount }
        guard let named, let rest = UTF8String(validating: text.bytes.dropFirst("\(named):".utf8.count)) else {
            return (tools, text)
        }
        return ([named], rest)
    }

    /// Time, session, and parameters.
    private func conditions(
        of tool: ToolReference, until: Timestamp, _ schema: GrantSchema
    ) throws(GrantMistake) -> [JSON] {
        let system = CedarForm.attribute(CedarForm.context, "system")
        var conditions = [
            CedarForm.condition(
                CedarForm.binary(
                    "<", CedarForm.attribute(system, "now"),
                    CedarForm.value(CedarDatetime(milliseconds: until.milliseconds))))
        ]
        if let session {
            let facts = CedarForm.attribute(CedarForm.context, "session")
            conditions.append(
                CedarForm.condition(
                    CedarForm.all(
                        CedarForm.has(facts, "id"),
                        [CedarForm.binary("==", CedarForm.attribute(facts, "id"), CedarForm.value(session))])))
        }
        for (named, test) in tests where named == tool {
            conditions.append(CedarForm.condition(try test.condition(schema.parameter(test, of: tool))))
        }
        return conditions
    }

    /// An effect is of the granted call, and not of another that the ordinary policies permit.
    private static func isOf(_ tool: ToolReference) -> JSON {
        let call = CedarForm.attribute(CedarForm.context, "call")
        return CedarForm.condition(
            CedarForm.all(
                CedarForm.binary("==", CedarForm.attribute(call, "server"), CedarForm.value(tool.server)),
                [CedarForm.binary("==", CedarForm.attribute(call, "tool"), CedarForm.value(tool.tool))]))
    }

    private func statement(
        _ id: UUIDv7, _ number: Int, action: EntityUID, resource: JSON, _ conditions: [JSON]
    ) throws(GrantMistake) -> PolicyStatement {
        let json: JSON = [
            "effect": "permit", "annotations": ["id": .string(UTF8String("\(Self.idPrefix(id))\(number)"))],
            "principal": ["op": "==", "entity": CedarForm.entity(EntityUID(type: .agent, id: agentID))],
            "action": ["op": "==", "entity": CedarForm.entity(action)], "resource": resource,
            "conditions": .array(conditions),
        ]
        do throws(PolicyJSONError) { return try PolicyStatement(cedarJSON: json) } catch {
            throw GrantMistake("the grant cannot be written as a policy: \(error)")
        }
    }

    private static func check(_ text: UTF8String, _ statements: [PolicyStatement]) throws(GrantMistake) {
        let policies: PolicySet
        do throws(PolicyErrors) {
            policies = try PolicySet.parse([PolicyFile(name: "grant.cedar", bytes: text.bytes)], naming: .idOrPosition)
        } catch {
            throw GrantMistake("the grant cannot be written as a policy: \(error)")
        }
        let isSame = statements.allSatisfy { statement in
            statement.annotations["id"].flatMap { policies[$0] }?.statement == statement
        }
        guard isSame, policies.policies.count == statements.count, policies.templates.isEmpty else {
            throw GrantMistake("the grant cannot be written as a policy that says exactly that")
        }
    }
}
