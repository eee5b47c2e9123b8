// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Reads a stream of server-sent events as it comes (WHATWG HTML, "Server-sent events").
public struct EventStreamParser: Sendable {
    /// What a stream says.
    public enum Item: Sendable, Equatable {
        /// An event: its type, `message` where it names none, and its data.
        case event(type: UTF8String, data: [UInt8])
        /// How long to wait before reconnecting, in milliseconds.
        case retry(Int64)
    }

    /// Why a stream is not read on.
    public enum Failure: Error, Sendable, Equatable {
        /// A line is longer than the limit.
        case lineTooLong
        /// An event is longer than the limit.
        case eventTooLong
    }

    /// The id that the last event had, and that a reconnect names; it outlives events that have none, but not an empty one.
    public private(set) var lastEventID: UTF8String?

    private let lineBytesMax: Int
    private let eventBytesMax: Int
    private var line: [UInt8] = []
    private var isAfterReturn = false
    private var isFirstLine = true
    private var type: UTF8String?
    private var data: [UInt8]?

    /// A reader at the start of a stream.
    public init(
        lineBytesMax: Int = HTTPLimits.eventLineBytesMax, eventBytesMax: Int = HTTPLimits.eventBytesMax,
        lastEventID: UTF8String? = nil
    ) {
        self.lineBytesMax = lineBytesMax
        self.eventBytesMax = eventBytesMax
        self.lastEventID = lastEventID
    }

    /// Takes the next bytes and returns what they complete.
    public mutating func read(_ bytes: ArraySlice<UInt8>) throws(Failure) -> [Item] {
        var items: [Item] = []
        var rest = bytes
        while !rest.isEmpty {
            if isAfterReturn {
                isAfterReturn = false
                if rest.first == 0x0a { rest.removeFirst() }
                continue
            }
            let end = rest.firstIndex { $0 == 0x0a || $0 == 0x0d } ?? rest.endIndex
            guard line.count + rest.distance(from: rest.startIndex, to: end) <= lineBytesMax else {
                throw .lineTooLong
            }
            line.append(contentsOf: rest[..<end])
            guard end < rest.endIndex else { break }
            isAfterReturn = rest[end] == 0x0d
            rest = rest[(end + 1)...]
            if let item = try endLine() { items.append(item) }
        }
        return items
    }

    private mutating func endLine() throws(Failure) -> Item? {
        var line = self.line[...]
        self.line.removeAll(keepingCapacity: self.line.capacity <= 1 << 16)
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
        }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data":
            guard (data?.count ?? 0) + value.count < eventBytesMax else { throw .eventTooLong }
            if data == nil { data = Array(value) } else { data?.append(contentsOf: [0x0a] + value) }
        case "event": type = UTF8String(String(decoding: value, as: UTF8.self))
        case "id":
            if !value.contains(0), let id = UTF8String(validating: value) { lastEventID = id.isEmpty ? nil : id }
        case "retry":
            let digits = String(decoding: value, as: UTF8.self)
            if !value.isEmpty, value.allSatisfy({ (0x30...0x39).contains($0) }), let time = Int64(digits) {
                return .retry(time)
            }
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> Item? {
        defer { (type, data) = (nil, nil) }
        guard let data else { return nil }
        return .event(type: type.flatMap { $0.isEmpty ? nil : $0 } ?? "message", data: data)
    }
}

/// Writes server-sent events.
public enum EventStreamWriter {
    /// A comment, which clients ignore: a sign of life.
    public static let comment: [UInt8] = Array(":\n\n".utf8)

    /// A message as one event.
    public static func event(_ message: [UInt8]) -> [UInt8] {
        var bytes = Array("event: message\ndata: ".utf8)
        bytes.reserveCapacity(bytes.count + message.count + 2)
        for byte in message {
            // JSON as it is written here has none; a line's end in the middle would let a message write events.
            if byte == 0x0a || byte == 0x0d { bytes.append(contentsOf: "\ndata: ".utf8) } else { bytes.append(byte) }
        }
        bytes.append(contentsOf: [0x0a, 0x0a])
        return bytes
    }
}
