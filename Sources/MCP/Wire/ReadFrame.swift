// SPDX-License-Identifier: Apache-2.0

/// A frame after it was read. Reading needs no session, so a host does it outside the session's lock: one peer's large
/// message does not keep the other's waiting.
public enum ReadFrame: Sendable {
    /// A message.
    case message(Envelope)
    /// No message, and why.
    case malformed(EnvelopeError)

    /// Reads what a splitter found.
    public init(_ frame: FrameSplitter.Frame) {
        switch frame {
        case .line(let bytes):
            do throws(EnvelopeError) { self = .message(try Envelope(parsing: bytes)) } catch {
                self = .malformed(error)
            }
        case .tooLong: self = .malformed(EnvelopeError(.tooLong))
        }
    }
}
