// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import HomeFolder
import StrictJSON
import ToolTypes
import WireTypes

/// What an approval of definitions does to the policies in force: with it their tools have types.
struct PinReview {
    /// What would be wrong with policies that is not wrong now.
    let errors: [String]
    /// What else there is to say of them that is not said now.
    let warnings: [String]

    init(_ pins: ToolPins, _ home: Home, approving additions: [ToolReference: Digest]) throws {
        let files = try HomeRulebook.policies(home)
        let book: PolicyBook
        do throws(PolicyBook.Failure) { book = try PolicyBook(files) } catch {
            // Nothing is in force that an approval could spoil, or something older is.
            errors = []
            warnings = ["the policies do not load, so nothing was reviewed: see `writ policy check`"]
            return
        }
        let before = try Self.findings(book, pins, [:])
        let after = try Self.findings(book, pins, additions)
        errors = after.errors.filter { !before.errors.contains($0) }
        warnings = after.warnings.filter { !before.warnings.contains($0) }
    }

    private static func findings(
        _ book: PolicyBook, _ pins: ToolPins, _ additions: [ToolReference: Digest]
    ) throws -> (errors: [String], warnings: [String]) {
        let check = try PolicyCheck(
            book.policies,
            DescribedTools(servers: pins.described(with: additions), diagnostics: [], origins: [:]),
            configured: pins.configuration.servers, level: nil)
        return (
            check.errors.map(\.description),
            check.findings.filter { $0.severity == .warning }.map(\.description)
        )
    }
}
