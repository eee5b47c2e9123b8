// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// A request and its entities as Cedar's command line has them: `{"principal", "action", "resource", "context"}`, the
/// names as in policies (`User::"alice"`).
struct RequestDocument {
    let request: Request
    let entities: Entities

    /// Reads `{"request": {…}, "entities": […]}`.
    ///
    /// - Parameters:
    ///   - entities: those of elsewhere, where the document has none.
    ///   - folder: what names of files in the document are relative to.
    ///   - types: what request and entities must conform to; they are read by it, as Cedar does.
    init(_ json: JSON, entities others: JSON? = nil, folder: String, types: Validator? = nil) throws {
        let request = json["request"] ?? json
        guard request.object != nil else {
            throw Self.failure("a request is an object with `principal`, `action`, `resource` and `context`")
        }
        let action = try Self.name(request["action"], "action")
        let given = request["context"] ?? .object(JSONObject())
        let context: CedarRecord
        do throws(EntityError) {
            if let types {
                context = try CedarRecord(cedarJSON: given, schema: types.schema, action: action)
            } else {
                context = try CedarRecord(cedarJSON: given)
            }
        } catch {
            throw Self.failure("the request's context\(Self.place(error))")
        }
        self.request = Request(
            principal: try Self.name(request["principal"], "principal"), action: action,
            resource: try Self.name(request["resource"], "resource"), context: context)
        var list = json["entities"] ?? others ?? .array([])
        if let path = list.string?.string {
            do {
                list = try Self.read(path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)")
            } catch let error as CommandFailure {
                throw Self.failure("the entities: \(error.description)")
            }
        }
        do throws(EntityError) {
            if let types {
                entities = try Entities(cedarJSON: list, schema: types.schema)
            } else {
                entities = try Entities(cedarJSON: list)
            }
        } catch {
            throw Self.failure("the entities\(Self.place(error))")
        }
        if let error = types.flatMap({ $0.errors(in: self.request).first ?? $0.errors(in: entities).first }) {
            throw Self.failure("not as the schema says: \(Output.escaped(UTF8String(error.description)))")
        }
    }

    /// A JSON file of a command's.
    static func read(_ path: String) throws -> JSON {
        let limits = JSONLimits(
            bytesMax: CedarLimits.documentBytesMax, depthMax: CedarLimits.valueDepthMax,
            nodesMax: CedarLimits.documentNodesMax)
        let bytes = try InputFile.read(path, limit: CedarLimits.documentBytesMax)
        do throws(JSONError) { return try JSON(parsing: bytes, limits: limits) } catch {
            throw CommandFailure(.data, "\(PolicySources.fileName(path)): \(error)")
        }
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// An entity's name: as in policies, or `{"type", "id"}`.
    private static func name(_ json: JSON?, _ what: String) throws(CommandFailure) -> EntityUID {
        let uid: EntityUID?
        if let text = json?.string {
            uid = name(text)
        } else {
            do throws(EntityError) { uid = try EntityUID(cedarJSON: json ?? .null) } catch { uid = nil }
        }
        guard let uid else {
            throw failure("the request's \(what) is not the name of an entity, as in \"User::\\\"alice\\\"\"")
        }
        return uid
    }

    /// A name, read where a policy has one, so that the same rules hold.
    private static func name(_ text: UTF8String) -> EntityUID? {
        let file = PolicyFile(name: "name", bytes: Array("permit (principal == \(text)\n, action, resource);".utf8))
        do throws(PolicyErrors) {
            let set = try PolicySet.parse([file], naming: .position)
            guard set.policies.count == 1, set.templates.isEmpty, let policy = set.policies.first,
                policy.conditions.isEmpty, policy.action == .any, policy.resource == .any,
                case .equal(.entity(let uid)) = policy.principal
            else { return nil }
            return uid
        } catch {
            return nil
        }
    }

    private static func place(_ error: EntityError) -> String {
        error.place.isEmpty ? ": \(error)" : " at \(Output.escaped(error.place)): \(error)"
    }

    private static func failure(_ text: String) -> CommandFailure { CommandFailure(.data, text) }
}
