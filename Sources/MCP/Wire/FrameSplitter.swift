// SPDX-License-Identifier: Apache-2.0

/// Lines out of a byte stream: MCP's stdio transport, one message a line.
///
/// A line ends at `\n`, with or without `\r` before it; blank lines are skipped. A line over the limit is reported once
/// and skipped to its end, so one long line costs bounded memory and no other line. Each byte is looked at once.
///
///     var splitter = FrameSplitter()
///     for frame in splitter.append(chunk) { … }
public struct FrameSplitter: Sendable {
    /// What was found.
    public enum Frame: Sendable, Equatable {
        /// A line, without its end; never blank.
        case line([UInt8])
        /// A line over the limit began; its bytes are dropped.
        case tooLong
    }

    private let lineBytesMax: Int
    private var partial: [UInt8] = []
    private var skipping = false

    /// A splitter at the beginning of a line.
    public init(lineBytesMax: Int = Limits.lineBytesMax) { self.lineBytesMax = max(1, lineBytesMax) }

    /// Whether bytes of an unfinished line are waiting. At the stream's end they are dropped: half a message is none.
    public var hasPartialLine: Bool { skipping || !partial.isEmpty }

    /// Takes the next bytes and gives the lines that they complete, in order.
    public mutating func append(_ chunk: [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var rest = chunk[...]
        while let end = rest.firstIndex(of: 0x0a) {
            take(rest[..<end], into: &frames)
            endLine(into: &frames)
            rest = rest[(end + 1)...]
        }
        take(rest, into: &frames)
        return frames
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, into frames: inout [Frame]) {
        guard !skipping else { return }
        // One byte more than the limit may wait: it can be the `\r` of a line of exactly the limit.
        guard partial.count + bytes.count <= lineBytesMax + 1 else {
            overflow(into: &frames)
            return
        }
        partial.append(contentsOf: bytes)
    }

    private mutating func endLine(into frames: inout [Frame]) {
        defer {
            partial.removeAll(keepingCapacity: partial.capacity <= 1 << 16)
            skipping = false
        }
        guard !skipping else { return }
        if partial.last == 0x0d { partial.removeLast() }
        guard partial.count <= lineBytesMax else {
            frames.append(.tooLong)
            return
        }
        guard partial.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { return }
        frames.append(.line(partial))
    }

    private mutating func overflow(into frames: inout [Frame]) {
        frames.append(.tooLong)
        partial = []
        skipping = true
    }
}
