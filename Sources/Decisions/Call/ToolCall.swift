// SPDX-License-Identifier: Apache-2.0

public import Packs
public import Passports
public import StrictJSON
public import WireTypes

/// A tool call as it came in by some door: not yet identified, not yet judged.
public struct ToolCall: Sendable {
    /// The door.
    public enum Surface: String, Sendable, Hashable {
        /// `writ check`.
        case check
        /// The MCP gateway.
        case gateway
        /// `writ hook`: a coding agent's harness asks before it runs a tool.
        case hook
    }

    /// Whether an answer binds: through the gateway nothing else runs; who asked by `check` may do what it likes.
    public enum Enforcement: String, Sendable, Hashable {
        /// Nothing is forwarded without a permit.
        case enforcing
        /// The caller is asked to obey.
        case advisory
    }

    /// The door.
    public var surface: Surface
    /// Whether the answer binds.
    public var enforcement: Enforcement
    /// What is asked for; a tool call where nothing else is said.
    public var operation: Operation
    /// The protocol's method: `tools/call`.
    public var method: UTF8String
    /// The server's alias.
    public var server: UTF8String
    /// The tool, by the server's own name for it; of another operation `mcp:` and its method.
    public var tool: UTF8String
    /// Whether the server itself lists the tool. One that nobody lists and no map knows is unknown.
    public var isListed: Bool
    /// What the server is, by digest: of its command line, until executables are pinned.
    public var serverDigest: Digest?
    /// The digest of the tool's definition as the server gave it.
    public var definition: Digest?
    /// Whether the tool must be pinned, and its definition be the approved one: of what the gateway forwards. Of another
    /// operation than a tool's it says nothing.
    public var isHeldToPin: Bool
    /// The OAP policy packs that the call comes under. `nil` where the rulebook says (`ToolPacks`): who decides asks it.
    public var packs: [PackBinding]?
    /// The built-in map that fits the server's program, where there is one and the configuration has no other.
    public var builtInMap: UTF8String?
    /// The message that will be forwarded if allowed, whole.
    public var message: JSON
    /// Where in the message the tool's arguments are; an object is expected there.
    public var argumentsPlace: JSONPointer
    /// Where in the message what is committed to is: the method's `params`, which hold the arguments.
    public var parametersPlace: JSONPointer
    /// Something that makes the call unfit to be judged, in words that quote nothing of it.
    public var defect: UTF8String?
    /// Who is said to call. Verified in the pipeline.
    public var credential: Credential
    /// Where the call's relative paths start.
    public var place: WorkingPlace
    /// The caller's session.
    public var session: UTF8String?
    /// Whether a server says it and no client: its refusals are not counted as the agent's.
    public var isServers = false
    /// Whether whoever asks tells its user nothing of an allowed call and runs it (`--auto-approve`), which a receipt says.
    public var isAutoApproved = false
    /// The caller's nonce, echoed in the receipt; at most 128 bytes.
    public var nonce: UTF8String?

    /// The alias under which a rulebook has a built-in map; no server can have it, since aliases have no `/`.
    public static func builtInAlias(_ name: UTF8String) -> UTF8String { UTF8String("builtin/\(name)") }

    /// What a request is about that names no server: a method that nobody knows, where there are several.
    public static let noServer: UTF8String = "*"

    /// A call of a tool; what is not given is not known.
    ///
    /// - Parameters:
    ///   - isHeldToPin: by default what comes through the gateway is.
    ///   - pack: the one pack that the call comes under, by the name that it was called by; by default the rulebook's.
    public init(
        surface: Surface, enforcement: Enforcement, method: UTF8String = "tools/call", server: UTF8String,
        tool: UTF8String, isListed: Bool = false, serverDigest: Digest? = nil, definition: Digest? = nil,
        isHeldToPin: Bool? = nil, pack: UTF8String? = nil, builtInMap: UTF8String? = nil, message: JSON,
        argumentsPlace: JSONPointer,
        parametersPlace: JSONPointer, defect: UTF8String? = nil,
        credential: Credential, place: WorkingPlace, session: UTF8String? = nil, nonce: UTF8String? = nil
    ) {
        self.surface = surface
        self.enforcement = enforcement
        operation = .tool
        self.method = method
        self.server = server
        self.tool = tool
        self.isListed = isListed
        self.serverDigest = serverDigest
        self.definition = definition
        self.isHeldToPin = isHeldToPin ?? (surface == .gateway)
        packs = pack.map { [PackBinding(pack: $0, tool: tool)] }
        self.builtInMap = builtInMap
        self.message = message
        self.argumentsPlace = argumentsPlace
        self.parametersPlace = parametersPlace
        self.defect = defect
        self.credential = credential
        self.place = place
        self.session = session
        self.nonce = nonce
    }

    /// Another operation than a tool's.
    ///
    /// - Parameters:
    ///   - server: the server's alias: of a server that the operator has configured, or `noServer`.
    ///   - message: what will be forwarded if allowed, whole: a request, an answer, or an entry of `inputRequests` or
    ///     `inputResponses`, which `Permit.embed` gives back.
    ///   - argumentsPlace: where in the message the method's `params` are, or the answer's result; the same is committed
    ///     to.
    public init(
        surface: Surface = .gateway, enforcement: Enforcement = .enforcing, operation: Operation, server: UTF8String,
        serverDigest: Digest? = nil, message: JSON, argumentsPlace: JSONPointer, defect: UTF8String? = nil,
        credential: Credential, place: WorkingPlace, session: UTF8String? = nil, nonce: UTF8String? = nil
    ) {
        self.init(
            surface: surface, enforcement: enforcement, method: operation.method, server: server,
            tool: operation.name ?? "", serverDigest: serverDigest, isHeldToPin: false, message: message,
            argumentsPlace: argumentsPlace, parametersPlace: argumentsPlace, defect: defect, credential: credential,
            place: place, session: session, nonce: nonce)
        self.operation = operation
    }
}

/// What a caller presents to say who it is.
public enum Credential: Sendable, Hashable {
    /// Nothing.
    case none
    /// A passport file's bytes.
    case passport([UInt8])
    /// The same, from somebody who has shown a key: whether it is the passport's is judged.
    case held([UInt8], Possession)
    /// A token that a door has verified: what it says, without the token.
    case verified(VerifiedCredential)
    /// A credential that could not even be read; why, in words that quote nothing of it.
    case unreadable(UTF8String)
}

/// Where a call's names of files start, and whose file system they are of.
public struct WorkingPlace: Sendable, Hashable {
    /// Absolute; what relative paths are relative to.
    public var workingDirectory: UTF8String
    /// Absolute; what `~` stands for, or `nil` where nobody knows.
    public var home: UTF8String?
    /// Absolute; the project that is worked on, or the server's own area, where there is one. Symbolic links are resolved.
    public var project: UTF8String?
    /// Whether the file system is this machine's.
    public var isLocal: Bool

    /// A place.
    public init(
        workingDirectory: UTF8String, home: UTF8String? = nil, project: UTF8String? = nil, isLocal: Bool
    ) {
        self.workingDirectory = workingDirectory
        self.home = home
        self.project = project
        self.isLocal = isLocal
    }
}
