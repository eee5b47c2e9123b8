// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Collects tools as types, and what is to be said of them.
struct ToolSchemaBuilder {
    /// A tool that has an action.
    struct TypedTool {
        let server: UTF8String
        let name: UTF8String
        let action: UTF8String
        /// Its parameters, or `nil` where nothing is known of them.
        var input: [Parameter]?
        let output: [Parameter]?
    }

    let profile: ToolProfile
    private(set) var tools: [TypedTool] = []
    private(set) var diagnostics: [ToolDiagnostic] = []
    var names: TypeNames
    private(set) var untyped: [ToolSchema.Place: UntypedReason] = [:]
    private(set) var allowedValues: [ToolSchema.Place: [UTF8String]] = [:]
    private(set) var open: Set<ToolSchema.Place> = []
    private(set) var aliases: [UTF8String] = []
    private var hasUnknownTools = false
    private var places: [UTF8String: Int] = [:]
    private var typeCount = 0
    private var visits = 0

    /// Whether calls may have parameters that nobody has declared.
    var isOpen: Bool { hasUnknownTools || tools.contains { $0.input == nil } }

    init(profile: ToolProfile) {
        self.profile = profile
        names = TypeNames(reserved: profile.reservedTypes)
    }

    mutating func add(_ servers: [ToolServer]) {
        defer {
            // Without any tool nothing is known of calls, and what is said of all calls has something to apply to.
            if case .native = profile, tools.isEmpty {
                hasUnknownTools = true
                addUnknownTools(of: "")
            }
        }
        var seen: Set<UTF8String> = []
        for server in servers {
            guard isUsable(server.alias) else { continue }
            if seen.insert(server.alias).inserted { aliases.append(server.alias) }
            if !server.isComplete {
                hasUnknownTools = true
                addUnknownTools(of: server.alias)
            }
            for tool in server.tools {
                guard tools.count < ToolTypesLimits.toolsMax else {
                    hasUnknownTools = true
                    say(.tooMuch, nil, "there are more than \(ToolTypesLimits.toolsMax) tools; the rest is left out")
                    return
                }
                add(tool, of: server.alias)
            }
        }
    }

    private mutating func isUsable(_ alias: UTF8String) -> Bool {
        let isTaken = profile.reservedActions.contains(alias) || places[alias] != nil
        guard alias.byteCount <= ToolTypesLimits.aliasBytesMax, !isTaken else {
            let why = isTaken ? "is the name of an action of its own" : "is too long"
            say(.unusable, nil, "the server's alias \(isTaken ? "`\(alias)` " : "")\(why); its tools are left out")
            return false
        }
        return true
    }

    /// One action for all tools that are not known, so that what is said of the whole server has something to apply to.
    /// No tool has an empty name.
    private mutating func addUnknownTools(of server: UTF8String) {
        let action = profile.action(server: server, tool: "")
        guard !action.isEmpty, places[action] == nil, !aliases.contains(action) else { return }
        places[action] = tools.count
        tools.append(TypedTool(server: server, name: "", action: action, input: nil, output: nil))
    }

    private mutating func add(_ tool: ToolDefinition, of server: UTF8String) {
        let action = profile.action(server: server, tool: tool.name)
        guard tool.name.byteCount <= ToolTypesLimits.nameBytesMax, !tool.name.isEmpty,
            !profile.reservedActions.contains(action), !aliases.contains(action)
        else {
            return say(.unusable, nil, "a tool of `\(server)` has a name that cannot be an action; it is left out")
        }
        if let place = places[action] {
            // Which of the two counts is the server's choice, at the time of the call.
            if tools[place].input != nil {
                tools[place].input = nil
                say(.loose, action, "is described twice, so nothing is known of its parameters")
            }
            return
        }
        places[action] = tools.count
        let input = parameters(tool.input, action)
        let output = tool.output.flatMap { schema -> [Parameter]? in
            guard case .agentCore = profile else { return nil }
            return parameters(.schema(schema), action, "result")
        }
        tools.append(TypedTool(server: server, name: tool.name, action: action, input: input, output: output))
    }

    /// The parameters as types, or `nil` and a diagnostic.
    private mutating func parameters(
        _ description: ToolDefinition.Parameters, _ action: UTF8String, _ what: String = "parameters"
    ) -> [Parameter]? {
        guard case .schema(let document) = description else { return nil }
        var reader = JSONSchemaReader(
            document: document, tool: action, visitsMax: ToolTypesLimits.schemaVisitsOfAllMax - visits)
        defer { visits += reader.visits }
        do throws(JSONSchemaReader.TooMuch) {
            switch try reader.members() {
            case .success(let parameters):
                let count = parameters.reduce(0) { $0 + $1.type.count }
                guard typeCount + count <= ToolTypesLimits.typesMax else {
                    say(
                        .tooMuch, action,
                        "its \(what) are not typed: there are more than \(ToolTypesLimits.typesMax) types already")
                    return nil
                }
                typeCount += count
                reader.diagnostics.forEach { note($0) }
                open.formUnion(reader.open.map { ToolSchema.Place(action: action, pointer: $0) })
                return parameters
            case .failure(let error):
                say(.loose, action, "its \(what) have no type: \(Self.whole(error.reason))")
            }
        } catch {
            say(
                .tooMuch, action,
                "its \(what) are not typed: more than \(ToolTypesLimits.schemaVisitsMax) schemas would have to be read, or "
                    + "more than \(ToolTypesLimits.schemaVisitsOfAllMax) for all tools")
        }
        return nil
    }

    /// Of the parameters as a whole.
    private static func whole(_ reason: UntypedReason) -> String {
        switch reason {
        case .malformed: "their definition is no JSON Schema of an object"
        case .freeForm: "it is not declared which there are"
        default: reason.description
        }
    }

    // MARK: for the profiles

    /// The type that the profile gives, or `nil` where it has none.
    mutating func expression(_ type: ParameterType, at place: ToolSchema.Place) -> TypeExpression? {
        switch type {
        case .bool: return .plainBool
        case .long: return .plainLong
        case .string(let allowed):
            if let allowed { allowedValues[place] = allowed }
            return .plainString
        case .number: return .named("decimal")
        case .set(let element): return expression(element, at: place.element).map { .set($0) }
        case .record(let parameters): return .record(attributes(parameters, at: place))
        case .tuple(let types): return tuple(types, at: place)
        case .choice(let types):
            guard case .agentCore = profile else { return alternative(types, at: place) }
            return numbered(types, "typeChoice", isRequired: false, at: place)
        case .unknown(let reason): return none(reason, place)
        }
    }

    /// The members that have a type.
    mutating func attributes(_ parameters: [Parameter], at place: ToolSchema.Place) -> [AttributeDeclaration] {
        var attributes: [AttributeDeclaration] = []
        for parameter in parameters {
            let place = ToolSchema.Place(action: place.action, pointer: place.pointer.appending(parameter.name))
            guard let type = expression(parameter.type, at: place) else { continue }
            attributes.append(AttributeDeclaration(parameter.name, type, isRequired: parameter.isRequired))
        }
        return attributes
    }

    /// Of alternative records the members on whose types all agree; of other alternatives nothing.
    private mutating func alternative(_ types: [ParameterType], at place: ToolSchema.Place) -> TypeExpression? {
        guard let parameters = ParameterType.alternatives(types) else { return none(.mixed, place) }
        return .record(attributes(parameters, at: place))
    }

    private mutating func tuple(_ types: [ParameterType], at place: ToolSchema.Place) -> TypeExpression? {
        if case .agentCore = profile { return numbered(types, "proj", isRequired: true, at: place) }
        // Writ gives every array as a set.
        switch ParameterType.union(types) {
        case .choice, .tuple: return none(.mixed, place)
        case .unknown(let reason): return none(reason, place)
        case let element: return expression(element, at: place.element).map { .set($0) }
        }
    }

    private mutating func numbered(
        _ types: [ParameterType], _ prefix: String, isRequired: Bool, at place: ToolSchema.Place
    ) -> TypeExpression {
        var attributes: [AttributeDeclaration] = []
        for (index, type) in types.enumerated() {
            let name = UTF8String("\(prefix)\(index)")
            let place = ToolSchema.Place(action: place.action, pointer: place.pointer.appending(name))
            guard let type = expression(type, at: place) else { continue }
            attributes.append(AttributeDeclaration(name, type, isRequired: isRequired))
        }
        return .record(attributes)
    }

    private mutating func none(_ reason: UntypedReason, _ place: ToolSchema.Place) -> TypeExpression? {
        // That the protocol leaves something open is no news of these tools.
        let isNews =
            (place.action != NativeSchema.effect || reason == .conflicting)
            && !place.action.hasPrefix(NativeOperation.prefix)
        if untyped.updateValue(reason, forKey: place) == nil, isNews, reason != .nullOnly, reason != .impossible {
            say(.untyped, place, "has no type in policies: \(reason)")
        }
        return nil
    }

    private mutating func say(_ code: ToolDiagnostic.Code, _ place: ToolSchema.Place, _ message: String) {
        note(ToolDiagnostic(code, tool: place.action, place: place.pointer, message))
    }

    private mutating func say(_ code: ToolDiagnostic.Code, _ tool: UTF8String?, _ message: String) {
        note(ToolDiagnostic(code, tool: tool, message))
    }

    private mutating func note(_ diagnostic: ToolDiagnostic) {
        if diagnostics.count < ToolTypesLimits.diagnosticsMax { diagnostics.append(diagnostic) }
    }
}

extension ToolSchema.Place {
    /// Each element of the array here.
    var element: ToolSchema.Place { ToolSchema.Place(action: action, pointer: pointer.appending("-")) }
}

extension ParameterType {
    /// How many types are inside, itself included. As deep as a schema, which is bounded.
    var count: Int {
        switch self {
        case .bool, .long, .number, .string, .unknown: 1
        case .set(let element): 1 + element.count
        case .record(let parameters): parameters.reduce(1) { $0 + $1.type.count }
        case .tuple(let types), .choice(let types): types.reduce(1) { $0 + $1.count }
        }
    }
}
