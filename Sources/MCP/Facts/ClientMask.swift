// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Which of a client's capabilities a server may be told of. What it is not told of it does not use; where it does, it is
/// refused (`ClientFacts.declares`).
public struct ClientMask: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// A mask of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Asking the client's model.
    public static let sampling = ClientMask(rawValue: 1)
    /// Asking the person by form.
    public static let elicitationForm = ClientMask(rawValue: 2)
    /// Asking the person to open a URL.
    public static let elicitationURL = ClientMask(rawValue: 4)
    /// Asking which folders the client works in.
    public static let roots = ClientMask(rawValue: 8)
    /// Handing work over as a task of the extension.
    public static let tasks = ClientMask(rawValue: 16)
    /// What a client must be able to do to answer a server's request; `nil` where no client can.
    public init?(askedBy method: UTF8String, _ params: JSONObject?) {
        switch (method, params?["mode"]) {
        case ("sampling/createMessage", _): self = .sampling
        case ("roots/list", _): self = .roots
        case ("elicitation/create", nil), ("elicitation/create", .string("form")?): self = .elicitationForm
        case ("elicitation/create", .string("url")?): self = .elicitationURL
        default: return nil
        }
    }

    /// All of them.
    public static let all: ClientMask = [.sampling, .elicitationForm, .elicitationURL, .roots, .tasks]
}

extension ClientFacts {
    /// What the client's capabilities come to.
    public var declared: ClientMask {
        var mask: ClientMask = []
        if capabilities["sampling"]?.object != nil { mask.insert(.sampling) }
        if capabilities["roots"]?.object != nil { mask.insert(.roots) }
        if let elicitation = capabilities["elicitation"]?.object {
            // An empty one is 2025-06-18's, which knew only forms.
            if elicitation["form"]?.object != nil || elicitation["url"] == nil { mask.insert(.elicitationForm) }
            if elicitation["url"]?.object != nil, revision.hasURLElicitation { mask.insert(.elicitationURL) }
        }
        if !revision.hasElicitation { mask.subtract([.elicitationForm, .elicitationURL]) }
        if capabilities["extensions"]?.object?[TaskExtension.name]?.object != nil, era == .modern {
            mask.insert(.tasks)
        }
        return mask
    }

    /// Whether the client has said that it can answer such a request of a server's.
    public func declares(_ method: UTF8String, _ params: JSONObject?) -> Bool {
        ClientMask(askedBy: method, params).map(declared.isSuperset) ?? false
    }

    /// The capabilities that a server is told of: those that the client declared and the mask lets through, and
    /// of those what is known here. Tasks of the client's own are left out.
    public func capabilities(through mask: ClientMask, to era: Era) -> JSONObject {
        let told = declared.intersection(mask)
        var kept = JSONObject()
        for member in capabilities.members {
            switch member.key {
            case "sampling" where told.contains(.sampling):
                kept.add(member.key, Self.marks(["context", "tools"], of: member.value))
            case "elicitation":
                guard !told.isDisjoint(with: [.elicitationForm, .elicitationURL]) else { continue }
                kept.add(member.key, Self.elicitation(member.value, told))
            case "roots" where told.contains(.roots):
                // The news has no place in the stateless revision, on either side.
                let isPassed = self.era == .legacy && era == .legacy
                var roots = JSONObject()
                if isPassed, let flag = member.value["listChanged"]?.bool { roots.add("listChanged", .bool(flag)) }
                kept.add(member.key, .object(roots))
            case "extensions" where told.contains(.tasks) && era == .modern:
                kept.add(member.key, Self.marks([TaskExtension.name], of: member.value))
            default: break
            }
        }
        return kept
    }

    private static func elicitation(_ value: JSON, _ told: ClientMask) -> JSON {
        var names: Set<UTF8String> = []
        if told.contains(.elicitationForm) { names.insert("form") }
        if told.contains(.elicitationURL) { names.insert("url") }
        return marks(names, of: value)
    }

    /// Members that say something by being there. What is in them says nothing that is known, and nobody decides on it.
    private static func marks(_ names: Set<UTF8String>, of value: JSON) -> JSON {
        var marks = JSONObject()
        for member in value.object?.members ?? [] where names.contains(member.key) && member.value.object != nil {
            marks.add(member.key, [:])
        }
        return .object(marks)
    }
}

/// The extension by which servers of the stateless revision hand work over.
public enum TaskExtension {
    /// Its name, in `capabilities.extensions`.
    public static let name: UTF8String = "io.modelcontextprotocol/tasks"
}
