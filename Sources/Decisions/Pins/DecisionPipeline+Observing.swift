// SPDX-License-Identifier: Apache-2.0

import Effects
import Receipts
import StrictJSON
import WireTypes

import struct Crypto.SHA256

extension DecisionPipeline {
    /// Takes notice of a server's complete list: what is new or changed is logged, with its definition.
    ///
    /// - Returns: each tool's standing, in the listing's order. Only an approved one may be shown or called.
    /// - Throws: `LedgerError` where what was seen cannot be made durable; then none may.
    public func observe(_ listing: ToolListing) async throws(LedgerError) -> [ToolStanding] {
        let manifest = try rulebook().manifest
        var shown = ShownTool.of(listing.tools)
        // Twice where something was new: another process may have seen other definitions of the same tools first.
        if try await note(&shown, listing, manifest) { _ = try await note(&shown, listing, manifest) }
        let pins = try ports.ledger.state().pins
        return shown.map { $0.standing(listing.server, pins, manifest) }
    }

    /// Logs what has not been seen before; what may not be logged becomes unusable.
    ///
    /// - Returns: whether there was something.
    private func note(
        _ shown: inout [ShownTool], _ listing: ToolListing, _ manifest: [ToolReference: Digest]
    ) async throws(LedgerError) -> Bool {
        let server = listing.server
        let pins = try ports.ledger.state().pins
        let now = ports.clock.monotonicMilliseconds()
        let events = EventLog(ports)
        var requests: [CommitRequest] = []
        var new = 0
        var leftOut = 0
        for index in shown.indices {
            guard let tool = shown[index].fit else { continue }
            let pin = pins[server: server, tool: tool.name]
            let pinned = manifest[ToolReference(server: server, tool: tool.name)]
            guard ![pinned, pin?.approved, pin?.seen].contains(tool.digest) else { continue }
            guard pin != nil || pins.count(of: server) + new < Limits.pinsPerServer,
                sightings.take(server, bytes: tool.bytes.count, at: now)
            else {
                shown[index].unfit = .tooMany
                leftOut += 1
                continue
            }
            let details: EventDetails
            if let before = pinned ?? pin?.approved ?? pin?.seen {
                details = .toolChanged(
                    server: server, tool: .known(tool.name), definition: tool.digest, pinned: before,
                    serverDigest: listing.serverDigest)
            } else if listing.firstSight == .firstUse {
                // One event, so that nobody finds the tool seen and not approved yet.
                details = .toolApproved(
                    server: server, tool: .known(tool.name), definition: tool.digest, previous: nil,
                    serverDigest: listing.serverDigest)
            } else {
                details = .toolPinned(
                    server: server, tool: .known(tool.name), definition: tool.digest,
                    serverDigest: listing.serverDigest)
            }
            if pin == nil, pinned == nil { new += 1 }
            // Of two processes that see the same, one logs it: both name the event alike.
            var request = try events.request(
                details, "writ", nil,
                id: Self.id(details.kind, server, tool.name, pin == nil ? nil : tool.digest, pin?.sightings ?? 0))
            request.contents = [Content(digest: tool.digest, bytes: tool.bytes)]
            requests.append(request)
        }
        try await commit(requests)
        if leftOut > 0, sightings.notes(server, at: now) {
            let time = ports.clock.now()
            try events.append(
                later: .refusedFrames(count: UInt64(leftOut), surface: "tools/list", since: time, until: time))
        }
        return !requests.isEmpty
    }

    /// Commits at the same time, so that the ledger can make them durable together.
    private func commit(_ requests: [CommitRequest]) async throws(LedgerError) {
        guard !requests.isEmpty else { return }
        let ledger = ports.ledger
        let failure = await withTaskGroup(of: LedgerError?.self) { group in
            for request in requests {
                group.addTask {
                    do throws(LedgerError) {
                        guard case .logged = try await ledger.commit(request) else {
                            return LedgerError(.poisoned, "the ledger refused to log an event")
                        }
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(nil) { $0 ?? $1 }
        }
        if let failure { throw failure }
    }

    /// An event's id made of what it says: the same sighting has the same, whoever has it.
    private static func id(
        _ kind: EventKind, _ server: UTF8String, _ tool: UTF8String, _ definition: Digest?, _ sightings: Int64
    ) -> UUIDv7 {
        let text = JSON.array([
            .text("writ.sighting/1"), .text(kind.rawValue), .string(server), .string(tool),
            definition.map { .text($0.base64URL) } ?? .null, .integer(sightings),
        ])
        return UUIDv7(
            time: Timestamp(clamping: 0), random: Array(Digest(SHA256.hash(data: text.serialized())).bytes.prefix(10)))
    }
}

/// A tool of a listing.
private struct ShownTool {
    struct Fit {
        let name: UTF8String
        let bytes: [UInt8]
        let digest: Digest
    }

    let name: UTF8String?
    private let bytes: [UInt8]?
    private let digest: Digest?
    var unfit: ToolStanding.Unfit?

    /// What can be pinned.
    var fit: Fit? {
        guard unfit == nil, let name, let bytes, let digest else { return nil }
        return Fit(name: name, bytes: bytes, digest: digest)
    }

    init(_ definition: JSON, isWithin: Bool) {
        name = definition["name"]?.string
        guard isWithin else {
            (bytes, digest, unfit) = (nil, nil, .tooMany)
            return
        }
        let canonical = ToolListing.canonical(definition).flatMap {
            $0.count <= Limits.definitionBytes ? $0 : nil
        }
        bytes = canonical
        digest = canonical.map { Digest(SHA256.hash(data: $0)) }
        if !(name.map(ToolName.isPresentable) ?? false) {
            unfit = .name
        } else if canonical == nil {
            unfit = .definition
        }
    }

    static func of(_ definitions: [JSON]) -> [ShownTool] {
        var shown = definitions.enumerated().map { ShownTool($1, isWithin: $0 < Limits.toolsPerServer) }
        // Which of two tools of one name is meant would be the server's choice, call by call.
        var counts: [UTF8String: Int] = [:]
        for name in shown.compactMap(\.name) { counts[name, default: 0] += 1 }
        for index in shown.indices where shown[index].unfit == nil {
            if let name = shown[index].name, counts[name] ?? 0 > 1 { shown[index].unfit = .duplicate }
        }
        return shown
    }

    func standing(_ server: UTF8String, _ pins: Pins, _ manifest: [ToolReference: Digest]) -> ToolStanding {
        guard let fit else {
            return ToolStanding(tool: name, state: .unusable(unfit ?? .definition), definition: digest)
        }
        let approved =
            manifest[ToolReference(server: server, tool: fit.name)] ?? pins[server: server, tool: fit.name]?.approved
        let state: ToolStanding.State = approved == fit.digest ? .approved : approved == nil ? .quarantined : .changed
        return ToolStanding(tool: name, state: state, definition: fit.digest)
    }
}
