// SPDX-License-Identifier: Apache-2.0

/// A frame after it was read. Reading needs no session, so a host does it outside the session's lock: one peer's large
/// message does not keep the other's waiting.
public enum ReadFrame: Sendable {
    /// A message.
    case message(Envelope)
    /// No message, and why; with the id that it seems to have, where that could be made out.
    case malformed(EnvelopeError)

    /// Reads what a splitter found.
    public init(_ frame: FrameSplitter.Frame) {
        switch frame {
        case .line(let bytes):
            do throws(EnvelopeError) { self = .message(try Envelope(parsing: bytes)) } catch {
                guard case .notJSON = error.reason else {
                    self = .malformed(error)
                    return
                }
                self = Self.unreadable(error.reason, LineEnds(beginning: bytes, end: bytes))
            }
        case .tooLong(let ends): self = Self.unreadable(.tooLong, ends)
        }
    }

    private static func unreadable(_ reason: EnvelopeError.Reason, _ ends: LineEnds) -> ReadFrame {
        let outline = LineOutline(ends)
        // An id alone says nothing: of an answer and of a question it means different things.
        let id = outline.isAnswer || outline.isCall ? outline.id : nil
        return .malformed(EnvelopeError(reason, id: id, isAnswer: outline.isAnswer))
    }
}
