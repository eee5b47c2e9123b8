// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import TransparencyLog
import WireTypes

extension LedgerConformance {
    /// Reading back.
    static let readingChecks: [Check<LedgerSubject>] = [
        Check("an entry is read back byte for byte, by index and by id") { subject in
            let samples = Samples(seed: 60)
            let receipt = samples.receipt()
            guard case .receipt(let id, _) = receipt.kind else { return }
            _ = try await subject.log(samples.event())
            _ = try await subject.log(receipt)
            let expected = LoggedEntry(index: 1, bytes: receipt.entry)
            try expect(try subject.other.entry(at: 1), expected)
            try expect(try subject.other.receipt(id), expected)
        },
        Check("what is not there is nil") { subject in
            let samples = Samples(seed: 61)
            let event = samples.event()
            guard case .event(let id) = event.kind else { return }
            _ = try await subject.log(event)
            for index in [Int64.min, -1, 1, .max] { try expect(try subject.ledger.entry(at: index), nil) }
            try expect(try subject.ledger.receipt(id), nil)
            try expect(try subject.ledger.outcome(of: id), nil)
            try expect(try subject.ledger.evidence(of: id), nil)
            try expect(try subject.ledger.content(samples.digest()), nil)
        },
        Check("entries come in order from an index on, and no more than asked for") { subject in
            let samples = Samples(seed: 62)
            let requests = (0..<9).map { _ in samples.receipt() }
            for request in requests { _ = try await subject.log(request) }
            try expect(try subject.other.entries(from: 3, limit: 4).map(\.index), [3, 4, 5, 6])
            try expect(try subject.other.entries(from: 7, limit: 100).map(\.bytes), requests[7...].map(\.entry))
            try expect(try subject.other.entries(from: 9, limit: 5), [])
            try expect(try subject.other.entries(from: 0, limit: 0), [])
            try expect(try subject.other.entries(from: 0, limit: -1), [])
        },
        Check("the newest receipts come first, of one agent, before an index") { subject in
            let samples = Samples(seed: 63)
            let agents: [UTF8String] = ["a1", "é", "e\u{301}"]
            for place in 0..<9 {
                let id = samples.id()
                _ = try await subject.log(samples.receipt(agent: agents[place % 3], id: id))
                _ = try await subject.log(samples.outcome(of: id))
            }
            func indices(_ limit: Int, _ before: Int64?, _ agent: UTF8String?) throws -> [Int64] {
                try subject.other.newestReceipts(limit: limit, before: before, agent: agent).map(\.index)
            }
            try expect(try indices(3, nil, nil), [16, 14, 12])
            try expect(try indices(2, 12, nil), [10, 8])
            try expect(try indices(9, nil, "é"), [14, 8, 2])
            try expect(try indices(9, 14, "é"), [8, 2])
            try expect(try indices(9, nil, "nobody"), [])
            try expect(try indices(0, nil, nil), [])
        },
        Check("receipts are found by their session, and one that freezes it freezes no other") { subject in
            let samples = Samples(seed: 66)
            let sessions: [UTF8String?] = ["s/1", "s/2", nil, "é"]
            for place in 0..<8 {
                var request = samples.receipt()
                request.session = sessions[place % 4]
                request.sessionChange = place == 5 ? .freezes : .none
                try expect(try subject.other.isFrozen(session: "s/2"), place > 5)
                _ = try await subject.log(request)
            }
            func indices(_ session: UTF8String, _ limit: Int, _ before: Int64?) throws -> [Int64] {
                try subject.other.newestReceipts(limit: limit, before: before, session: session).map(\.index)
            }
            try expect(try indices("s/1", 9, nil), [4, 0])
            try expect(try indices("s/2", 1, nil), [5])
            try expect(try indices("s/2", 9, 5), [1])
            try expect(try indices("e\u{301}", 9, nil), [])
            try expect(try indices("", 9, nil), [])
            for (session, isFrozen) in [("s/1", false), ("s/2", true), ("s", false), ("é", false)]
                as [(UTF8String, Bool)]
            {
                try expect(try subject.other.isFrozen(session: session), isFrozen)
            }
        },
        Check("a call that is told again is found by its session and nonce, the newest of those that have them") {
            subject in
            let samples = Samples(seed: 68)
            let calls: [(UTF8String?, UTF8String?)] = [
                ("s/1", "n1"), ("s/1", "é"), ("s/2", "n1"), ("s/1", nil), (nil, nil), ("s/1", "n1"),
            ]
            for (session, nonce) in calls {
                var request = samples.receipt()
                (request.session, request.nonce) = (session, nonce)
                _ = try await subject.log(request)
            }
            for (session, nonce, index) in [
                ("s/1", "n1", 5), ("s/1", "é", 1), ("s/2", "n1", 2), ("s/2", "é", nil), ("s/1", "e\u{301}", nil),
                ("s/1", "", nil),
            ] as [(UTF8String, UTF8String, Int64?)] {
                try expect(try subject.other.newestReceipt(of: session, nonce: nonce)?.index, index)
            }
        },
        Check("a session is frozen from the receipt that freezes it until an event thaws it, and again") { subject in
            let samples = Samples(seed: 67)
            func change(_ session: UTF8String, _ change: SessionChange) async throws {
                var request = change == .thaws ? samples.event() : samples.receipt()
                request.session = session
                request.sessionChange = change
                _ = try await subject.log(request)
            }
            func frozen(_ limit: Int = 9) throws -> [Int64] {
                try subject.other.freezingReceipts(limit: limit).map(\.index)
            }
            try await change("s/1", .freezes)
            try await change("s/2", .freezes)
            try await change("s/1", .freezes)
            try expect(try frozen(), [2, 1])
            try expect(try frozen(1), [2])
            try await change("s/1", .thaws)
            try expect(try subject.other.isFrozen(session: "s/1"), false)
            try expect(try subject.other.isFrozen(session: "s/2"), true)
            try expect(try frozen(), [1])
            try await change("s/1", .none)
            try expect(try subject.other.isFrozen(session: "s/1"), false)
            try await change("s/1", .freezes)
            try expect(try subject.other.isFrozen(session: "s/1"), true)
            try expect(try frozen(), [5, 1])
            // An event that thaws is no receipt of the session.
            let receipts = try subject.other.newestReceipts(limit: 9, before: nil, session: "s/1")
            try expect(receipts.map(\.index), [5, 4, 2, 0])
        },
        Check("evidence and documents are stored with their entry, each document once") { subject in
            let samples = Samples(seed: 64)
            let id = samples.id()
            var request = samples.receipt(id: id)
            request.evidence = samples.evidence()
            request.contents = [samples.content(), samples.content(size: 0)]
            _ = try await subject.log(request)
            var second = samples.receipt()
            second.contents = request.contents
            _ = try await subject.log(second)
            try expect(try subject.other.evidence(of: id), request.evidence)
            for content in request.contents {
                try expect(try subject.other.content(content.digest), content.bytes)
            }
        },
        Check("an event may have evidence, found by the event's id") { subject in
            let samples = Samples(seed: 66)
            let id = samples.id()
            var request = samples.event()
            request.kind = .event(id)
            request.evidence = samples.evidence()
            request.evidenceAgent = "a1"
            _ = try await subject.log(request)
            try expect(try subject.other.evidence(of: id), request.evidence)
            // It is no receipt of that agent's.
            try expect(try subject.other.newestReceipts(limit: 9, before: nil, agent: "a1").count, 0)
        },
        Check("a refused request stores neither evidence nor documents") { subject in
            let samples = Samples(seed: 65)
            let id = samples.id()
            var request = samples.receipt(expecting: Epochs(kill: 9), id: id)
            request.evidence = samples.evidence()
            request.contents = [samples.content()]
            _ = try await subject.ledger.commit(request)
            try expect(try subject.ledger.evidence(of: id), nil)
            try expect(try subject.ledger.content(request.contents[0].digest), nil)
        },
    ]

    /// The tree and its checkpoints.
    static let proofChecks: [Check<LedgerSubject>] = [
        Check("the newest checkpoint is signed by the log and has the size of the state") { subject in
            let samples = Samples(seed: 80)
            for size in 0..<4 {
                try expect(try subject.checkpoint(of: subject.other).size, UInt64(size))
                _ = try await subject.log(samples.receipt())
            }
        },
        Check("every entry is proven under the newest checkpoint, and every smaller log is its prefix") { subject in
            let samples = Samples(seed: 81)
            var roots = [TreeHash.emptyRoot]
            var leaves: [Digest] = []
            for _ in 0..<70 {
                let request = samples.receipt()
                _ = try await subject.log(request)
                leaves.append(TreeHash.leaf(request.entry))
                roots.append(try subject.checkpoint(of: subject.ledger).root)
            }
            for (index, leaf) in leaves.enumerated() {
                let proof = try subject.other.inclusionProof(of: Int64(index))
                let checkpoint = try subject.verified(proof.checkpoint)
                try TransparencyLog.InclusionProof(index: UInt64(index), hashes: proof.hashes)
                    .verify(leaf: leaf, size: checkpoint.size, root: checkpoint.root)
            }
            let newest = try subject.checkpoint(of: subject.other)
            for size in 1...70 {
                try ConsistencyProof(hashes: try subject.other.consistencyProof(from: Int64(size))).verify(
                    old: UInt64(size), oldRoot: roots[size], new: newest.size, newRoot: newest.root)
            }
        },
        Check("a log of over 256 entries, whose first tile is full, proves its edges") { subject in
            let samples = Samples(seed: 82)
            let requests = (0..<300).map { _ in samples.receipt() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for request in requests { group.addTask { _ = try await subject.ledger.commit(request) } }
                try await group.waitForAll()
            }
            for index in [0, 1, 127, 128, 255, 256, 257, 299] as [Int64] {
                let proof = try subject.other.inclusionProof(of: index)
                let checkpoint = try subject.verified(proof.checkpoint)
                guard let entry = try subject.other.entry(at: index) else { throw Unmet("entry \(index) is missing") }
                try TransparencyLog.InclusionProof(index: UInt64(index), hashes: proof.hashes)
                    .verify(leaf: TreeHash.leaf(entry.bytes), size: checkpoint.size, root: checkpoint.root)
            }
        },
        Check("there is no proof for what the log does not have") { subject in
            let samples = Samples(seed: 83)
            _ = try await subject.log(samples.receipt())
            for index in [Int64.min, -1, 1, .max] {
                try expect(code { _ = try subject.ledger.inclusionProof(of: index) }, .notFound)
            }
            for size in [Int64.min, -1, 2, .max] {
                try expect(code { _ = try subject.ledger.consistencyProof(from: size) }, .notFound)
            }
        },
    ]

    private static func code(_ body: () throws -> Void) -> LedgerError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? LedgerError)?.code
        }
    }
}

extension LedgerSubject {
    /// The newest checkpoint, verified with the log's key.
    func checkpoint(of ledger: any LedgerReader) throws -> Checkpoint { try verified(try ledger.checkpoint()) }

    func verified(_ note: [UInt8]) throws -> Checkpoint {
        guard let trust = LogTrust(log: log) else { throw Unmet("the log's key signs no checkpoints") }
        return try trust.verify(Note(parsing: note)).checkpoint
    }
}
