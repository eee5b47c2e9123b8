// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Capabilities that OAP's registry, packs and fixtures name differently: a closed table of exact names, no prefixes.
public struct CapabilityAliases: Sendable {
    private let groups: [UTF8String: [UTF8String]]

    /// Reads a table: a line a capability, its names separated by spaces, `#` for comments. Each name occurs once.
    ///
    /// - Throws: `PassportError` (`invalidValue`, `contradiction`); the path is the line's number from 1.
    public init(parsing table: String) throws(PassportError) {
        var groups: [UTF8String: [UTF8String]] = [:]
        for (place, fields) in PackTable.lines(table) {
            for field in fields {
                guard Identifier.isCapability(field) else { throw Members.invalid(place, "write a capability's id") }
                guard groups[field] == nil else { throw Members.repeated(place) }
                groups[field] = fields
            }
        }
        self.groups = groups
    }

    /// All names of a capability, the one given first. A name that is not in the table has only itself.
    public func names(of id: UTF8String) -> [UTF8String] {
        [id] + (groups[id] ?? []).filter { $0 != id }
    }

    /// The names in use: what the packs require, then other spellings of the same.
    public static let standard: CapabilityAliases = {
        do throws(PassportError) { return try CapabilityAliases(parsing: text) } catch { return CapabilityAliases() }
    }()

    /// No aliases: fewer calls are allowed than with them. A test reads the standard table.
    private init() { groups = [:] }

    static let text = """
        data.access             governance.data.access
        data.export             data.export.create
        finance.transaction     finance.transaction.execute
        messaging.send          messaging.message.send
        payments.charge         finance.payment.charge
        payments.payout         finance.payment.payout
        repo.release            repo.release.publish        code.release.publish
        """
}
