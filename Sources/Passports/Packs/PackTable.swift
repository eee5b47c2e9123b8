// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What the published OAP policy packs ask of a passport before any rule of theirs is looked at.
public struct PackTable: Sendable {
    private let rows: [UTF8String: PackRequirements]

    /// Reads a table: a line a pack, its fields separated by spaces (id, minimum assurance, one capability or more),
    /// `#` for comments.
    ///
    /// - Throws: `PassportError` (`missingMember`, `invalidValue`, `contradiction`); the path is the line's number
    ///   from 1.
    public init(parsing table: String) throws(PassportError) {
        var rows: [UTF8String: PackRequirements] = [:]
        for (place, fields) in Self.lines(table) {
            guard fields.count >= 3 else {
                throw PassportError(
                    .missingMember, at: place, "a field is missing", "write a pack, an assurance level and capabilities"
                )
            }
            guard Self.isPack(fields[0]) else {
                throw Members.invalid(place, "write a pack's id, such as web.fetch.v1")
            }
            guard rows[fields[0]] == nil else { throw Members.repeated(place) }
            guard let assurance = Assurance(wire: fields[1]) else {
                throw Members.invalid(place, "use one of \(Assurance.choices)")
            }
            let capabilities = Array(fields.dropFirst(2))
            guard capabilities.allSatisfy(Identifier.isCapability), Set(capabilities).count == capabilities.count else {
                throw Members.invalid(place, "write different capabilities' ids")
            }
            rows[fields[0]] = PackRequirements(pack: fields[0], assurance: assurance, capabilities: capabilities)
        }
        self.rows = rows
    }

    /// What a pack asks for, or `nil` for a pack that is not in the table; such a call must be refused.
    public func requirements(of pack: UTF8String) -> PackRequirements? { rows[pack] }

    /// The packs' ids, sorted.
    public var packs: [UTF8String] { rows.keys.sorted() }

    /// The 22 packs published with OAP 1.0.
    public static let standard: PackTable = {
        do throws(PassportError) { return try PackTable(parsing: text) } catch { return PackTable() }
    }()

    /// No packs: every call under one is refused. A test reads the standard table.
    private init() { rows = [:] }

    /// `^[a-z0-9]+(\.[a-z0-9]+)*\.v[0-9]+$`.
    private static func isPack(_ text: UTF8String) -> Bool {
        let last = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
        return Identifier.isCapability(text) && last.count < text.byteCount && last.first == UInt8(ascii: "v")
            && last.count > 1 && last.dropFirst().allSatisfy(Identifier.isDigit)
    }

    /// The lines that hold something, split at spaces, with their numbers.
    static func lines(_ table: String) -> [(JSONPointer, [UTF8String])] {
        table.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            let fields = line.prefix { $0 != "#" }.split(separator: " ").map { UTF8String(String($0)) }
            return fields.isEmpty ? nil : (JSONPointer([UTF8String(String(index + 1))]), fields)
        }
    }

    static let text = """
        # pack                         least  capabilities, all of them
        agent.session.create.v1        L0     agent.session.create
        agent.tool.register.v1         L0     agent.tool.register
        code.release.publish.v1        L3     repo.release
        code.repository.merge.v1       L2     repo.pr.create repo.merge
        data.export.create.v1          L1     data.export
        data.file.read.v1              L0     data.file.read
        data.file.write.v1             L0     data.file.write
        data.report.ingest.v1          L2     data.report.ingest
        deliverable.task.complete.v1   L0     deliverable.task.complete
        finance.crypto.trade.v1        L3     finance.crypto.trade
        finance.payment.charge.v1      L2     payments.charge
        finance.payment.payout.v1      L3     payments.payout
        finance.payment.refund.v1      L2     finance.payment.refund
        finance.transaction.execute.v1 L3     finance.transaction
        governance.data.access.v1      L3     data.access
        legal.contract.review.v1       L3     legal.contract.review
        mcp.tool.execute.v1            L0     mcp.tool.execute
        media.image.generate.v1        L0     media.image.generate
        messaging.message.send.v1      L0     messaging.send
        system.command.execute.v1      L0     system.command.execute
        web.browser.v1                 L0     web.browser
        web.fetch.v1                   L0     web.fetch
        """
}
