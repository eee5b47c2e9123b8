// SPDX-License-Identifier: Apache-2.0

/// Lines out of a byte stream: MCP's stdio transport, one message a line.
///
/// A line ends at `\n`, with or without `\r` before it; blank lines are skipped. A line over the limit is skipped and
/// reported once, at its end, so one long line costs bounded memory and no other line. Each byte is looked at once.
///
///     var splitter = FrameSplitter()
///     for frame in splitter.append(chunk) { … }
public struct FrameSplitter: Sendable {
    /// What was found.
    public enum Frame: Sendable, Equatable {
        /// A line, without its end; never blank.
        case line([UInt8])
        /// A line over the limit; its bytes are dropped but for its ends.
        case tooLong(LineEnds)
    }

    private let lineBytesMax: Int
    private var partial: [UInt8] = []
    /// The ends of a line over the limit that has not ended.
    private var skipped: LineEnds?

    /// A splitter at the beginning of a line.
    public init(lineBytesMax: Int = Limits.lineBytesMax) { self.lineBytesMax = max(1, lineBytesMax) }

    /// Whether bytes of an unfinished line are waiting. At the stream's end they are dropped: half a message is none.
    public var hasPartialLine: Bool { skipped != nil || !partial.isEmpty }

    /// Takes the next bytes and gives the lines that they complete, in order.
    public mutating func append(_ chunk: [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var rest = chunk[...]
        while let end = rest.firstIndex(of: 0x0a) {
            take(rest[..<end])
            endLine(into: &frames)
            rest = rest[(end + 1)...]
        }
        take(rest)
        return frames
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        if let skipped {
            self.skipped = Self.ends(skipped.beginning, skipped.end, bytes)
        } else if partial.count + bytes.count <= lineBytesMax + 1 {
            // One byte more than the limit may wait: it can be the `\r` of a line of exactly the limit.
            partial.append(contentsOf: bytes)
        } else {
            skipped = Self.ends(partial, partial, bytes)
            partial = []
        }
    }

    private static func ends(_ beginning: [UInt8], _ end: [UInt8], _ bytes: ArraySlice<UInt8>) -> LineEnds {
        let count = Limits.lineEndBytes
        return LineEnds(
            beginning: Array((beginning.prefix(count) + bytes.prefix(count)).prefix(count)),
            end: Array((end.suffix(count) + bytes.suffix(count)).suffix(count)))
    }

    private mutating func endLine(into frames: inout [Frame]) {
        defer {
            partial.removeAll(keepingCapacity: partial.capacity <= 1 << 16)
            skipped = nil
        }
        if let skipped {
            frames.append(.tooLong(skipped))
            return
        }
        if partial.last == 0x0d { partial.removeLast() }
        guard partial.count <= lineBytesMax else {
            frames.append(.tooLong(Self.ends(partial, partial, [])))
            return
        }
        guard partial.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { return }
        frames.append(.line(partial))
    }
}
