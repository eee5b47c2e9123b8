// SPDX-License-Identifier: Apache-2.0

/// A stretch of a policy file.
public struct SourceSpan: Sendable, Hashable, CustomStringConvertible {
    // 32 bits each: every node of a policy has a span, and no file has more than `CedarLimits.policyFileBytesMax`.
    private let start: UInt32
    private let length: UInt32
    private let startLine: UInt32
    private let startColumn: UInt32

    /// A stretch from its parts; none may be negative or exceed 32 bits, which no policy file's do.
    public init(offset: Int, byteCount: Int, line: Int, column: Int) {
        start = UInt32(clamping: offset)
        length = UInt32(clamping: byteCount)
        startLine = UInt32(clamping: line)
        startColumn = UInt32(clamping: column)
    }

    /// Bytes before the stretch.
    public var offset: Int { Int(start) }

    /// Bytes of the stretch.
    public var byteCount: Int { Int(length) }

    /// Line of its beginning, from 1; lines end at `\n`.
    public var line: Int { Int(startLine) }

    /// Column of its beginning in Unicode scalars, from 1.
    public var column: Int { Int(startColumn) }

    /// Bytes up to the end of the stretch.
    public var endOffset: Int { offset + byteCount }

    /// From the beginning of this stretch to the end of `other`.
    func through(_ other: SourceSpan) -> SourceSpan {
        SourceSpan(offset: offset, byteCount: max(0, other.endOffset - offset), line: line, column: column)
    }

    /// `line 3, column 14`.
    public var description: String { "line \(line), column \(column)" }
}
