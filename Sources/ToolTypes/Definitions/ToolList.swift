// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Tool definitions read from a document: MCP's answer to `tools/list`, its `result`, an array, or one tool.
///
/// A definition that cannot be used leaves the others as they are.
public struct ToolList: Sendable, Equatable {
    /// The tools that have a name, in the document's order.
    public let tools: [ToolDefinition]
    /// Their definitions as they stand in the document, in the same order.
    public let definitions: [JSON]
    /// What could not be used.
    public let diagnostics: [ToolDiagnostic]
    /// Whether these are all tools that the server has: not where the list goes on, on a page that is not here.
    public let isComplete: Bool

    /// Why a document has no tools.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// It is not strict JSON within `ToolTypesLimits.document`.
        case notJSON(JSONError)
        /// It is JSON and of none of the forms.
        case notTools

        /// What was expected.
        public var description: String {
            switch self {
            case .notJSON(let error): "not valid JSON: \(error)"
            case .notTools:
                "expected an MCP tools/list result ({\"tools\": […]}), an array of tools, or one tool with a name"
            }
        }
    }

    /// Reads a document.
    ///
    /// - Throws: `Failure` where there is nothing to read.
    public init(parsing bytes: [UInt8]) throws(Failure) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: ToolTypesLimits.document) } catch {
            throw .notJSON(error)
        }
        try self.init(json)
    }

    /// Reads a document that has been parsed.
    ///
    /// - Throws: `Failure.notTools`.
    public init(_ json: JSON) throws(Failure) {
        let entries: [JSON]
        if let array = json.array ?? json["tools"]?.array ?? json["result"]?["tools"]?.array {
            entries = array
        } else if json["name"] != nil {
            entries = [json]
        } else {
            throw .notTools
        }
        var tools: [ToolDefinition] = []
        var definitions: [JSON] = []
        var diagnostics: [ToolDiagnostic] = []
        var next = json["nextCursor"] ?? json["result"]?["nextCursor"]
        if next?.isNull == true { next = Optional.none }
        if next != nil {
            diagnostics.append(
                ToolDiagnostic(
                    .partial, tool: nil,
                    "the list has a nextCursor, so the server has more tools; it is not known which"))
        }
        for (index, entry) in entries.enumerated() {
            guard diagnostics.count < ToolTypesLimits.diagnosticsMax else { break }
            guard let name = entry["name"]?.string, !name.isEmpty else {
                diagnostics.append(
                    ToolDiagnostic(.unusable, tool: nil, "tool \(index) of the list has no name and is left out"))
                continue
            }
            guard name.byteCount <= ToolTypesLimits.nameBytesMax else {
                diagnostics.append(
                    ToolDiagnostic(
                        .unusable, tool: nil,
                        "tool \(index) of the list has a name of more than \(ToolTypesLimits.nameBytesMax) bytes "
                            + "and is left out; no call of it is judged either"))
                continue
            }
            guard tools.count < ToolTypesLimits.toolsMax else {
                diagnostics.append(
                    ToolDiagnostic(
                        .tooMuch, tool: nil,
                        "the list has more than \(ToolTypesLimits.toolsMax) tools; the rest is left out"))
                break
            }
            tools.append(Self.definition(name, entry))
            definitions.append(entry)
        }
        self.tools = tools
        self.definitions = definitions
        self.diagnostics = diagnostics
        isComplete = next == nil && !diagnostics.contains { $0.code == .tooMuch }
    }

    private static func definition(_ name: UTF8String, _ entry: JSON) -> ToolDefinition {
        let input = schema(entry["inputSchema"] ?? entry["parameters"])
        // Without a schema at all the definition breaks the protocol; the reader says so as of any other wrong one.
        return ToolDefinition(
            name: name, input: .schema(input ?? .null), output: schema(entry["outputSchema"]))
    }

    /// A schema, also in the wrapper `{"json": …}` that some interfaces put around it.
    private static func schema(_ json: JSON?) -> JSON? {
        guard let object = json?.object, object.count == 1, let inner = object["json"], inner.object != nil else {
            guard let json, !json.isNull else { return nil }
            return json
        }
        return inner
    }
}
