// SPDX-License-Identifier: Apache-2.0

/// A stretch of a policy file.
public struct SourceSpan: Sendable, Hashable, CustomStringConvertible {
    /// Bytes before the stretch.
    public let offset: Int
    /// Bytes of the stretch.
    public let byteCount: Int
    /// Line of its beginning, from 1; lines end at `\n`.
    public let line: Int
    /// Column of its beginning in Unicode scalars, from 1.
    public let column: Int

    /// A stretch from its parts.
    public init(offset: Int, byteCount: Int, line: Int, column: Int) {
        self.offset = offset
        self.byteCount = byteCount
        self.line = line
        self.column = column
    }

    /// Bytes up to the end of the stretch.
    public var endOffset: Int { offset + byteCount }

    /// From the beginning of this stretch to the end of `other`.
    func through(_ other: SourceSpan) -> SourceSpan {
        SourceSpan(offset: offset, byteCount: max(0, other.endOffset - offset), line: line, column: column)
    }

    /// `line 3, column 14`.
    public var description: String { "line \(line), column \(column)" }
}
